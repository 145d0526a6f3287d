"""The generator: structured content in, pages as text and problems as values out.

Start reading at `pipeline.py`; `HACKING.md` tells what each module may do.
"""
