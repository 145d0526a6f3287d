// @ts-check
/**
 * <offline-status>: says whether the site is kept on this device; two buttons keep it and remove it.
 * Enters: undelivered.offline; sentences in data-msg-*.
 * Leaves: one sentence in role="status", and the button that makes sense now.
 * Refuses to know: how pages are kept.
 */
(() => {
  "use strict";
  const { element, offline } = globalThis.undelivered ?? {};
  if (!element || !offline) return console.error("<offline-status> did not start: element.js or offline.js is missing");
  if (customElements.get("offline-status")) return;

  class OfflineStatus extends element.UndeliveredElement {
    start() {
      if (!offline.able) return this.#tell(location.protocol === "file:" ? "folder" : "unable");
      this.onClick("[data-keep-site]", () => this.#run(this.#keep()));
      this.onClick("[data-remove-site]", () => this.#run(this.#remove()));
      const unseen = this.find("[role=status]").textContent ?? "";
      this.listen(navigator.serviceWorker, "controllerchange", () => this.#run(this.#show(), unseen));
      this.#run(this.#show(), unseen);
    }

    async #show() {
      const told = await offline.status();
      const state = !told || told.pages === 0 ? "none" : told.whole ? "whole" : "part";
      this.#tell(state, { pages: told?.pages ?? 0, total: told?.total ?? 0 });
      this.#offer({ keep: state !== "whole", remove: state !== "none" });
    }

    async #keep() {
      this.#tell("starting");
      this.#offer({ keep: false, remove: false });
      await offline.keep(({ keeping, of }) => this.#tell("keeping", { keeping, of }));
      await this.#show();
    }

    async #remove() {
      await offline.remove();
      this.#tell("removed");
      this.#offer({ keep: true, remove: false });
    }

    /**
     * @param {Promise<void>} work
     * @param {string} [failed] what is so when it fails; a look that failed is no attempt of the reader's
     */
    #run(work, failed = this.words("failed")) {
      work.catch((fault) => {
        console.warn(`<offline-status>: ${fault instanceof Error ? fault.message : fault}`);
        this.find("[role=status]").textContent = failed;
        this.#offer({ keep: true, remove: true });
      });
    }

    /**
     * @param {string} state
     * @param {Readonly<Record<string, string | number>>} [slots]
     */
    #tell(state, slots) {
      this.find("[role=status]").textContent = this.words(state, slots);
    }

    /**
     * A button that goes away under the reader's finger hands the focus on.
     * @param {{ keep: boolean, remove: boolean }} show
     */
    #offer({ keep, remove }) {
      const buttons = [this.find("[data-keep-site]"), this.find("[data-remove-site]")];
      const hadFocus = buttons.some((button) => button === document.activeElement);
      const wanted = [keep, remove];
      buttons.forEach((button, at) => { button.hidden = !wanted[at]; });
      if (hadFocus) (buttons.find((button) => !button.hidden) ?? this.find("[role=status]")).focus();
    }
  }

  customElements.define("offline-status", OfflineStatus);
})();
