"""What Amazon CloudFront needs in front of a bucket: a response headers policy and a function.

In: the headers of every answer. Out: JSON for `aws cloudfront create-response-headers-policy`, and the
function's text. It knows no page and no bucket.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

# A bucket knows no folders: /steps/x/ is the file /steps/x/index.html, and /steps/x is sent on to /steps/x/,
# because links in a page are relative to its folder.
FUNCTION: Final = """\
// CloudFront function for "viewer request": docs/hosting/s3.md.
function handler(event) {
  var request = event.request;
  var name = request.uri.slice(request.uri.lastIndexOf("/") + 1);
  if (name === "") {
    request.uri += "index.html";
  } else if (name.indexOf(".") < 0 && name !== "_headers") {
    return {statusCode: 301, statusDescription: "Moved", headers: {location: {value: name + "/"}}};
  }
  return request;
}
"""


def headers_policy(headers: Mapping[str, str]) -> str:
    """The policy as JSON: headers that CloudFront knows by name, and all others as custom ones."""
    known = {
        "Content-Security-Policy": ("ContentSecurityPolicy", "ContentSecurityPolicy"),
        "Referrer-Policy": ("ReferrerPolicy", "ReferrerPolicy"),
        "X-Content-Type-Options": ("ContentTypeOptions", ""),
        "X-Frame-Options": ("FrameOptions", "FrameOption"),
    }
    security = {
        group: {"Override": True, **({key: headers[name]} if key else {})}
        for name, (group, key) in known.items()
    }
    custom = [
        {"Header": name, "Value": value, "Override": True}
        for name, value in headers.items()
        if name not in known
    ]
    policy = {
        "Name": "undelivered",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": {"Quantity": len(custom), "Items": custom},
    }
    return json.dumps(policy, indent=2) + "\n"
