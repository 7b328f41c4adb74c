"""What a browser says of a request: what it is for, and where it comes from (Fetch Metadata)."""

IN_FRAME = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
OWN = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}
BY_SCRIPT = {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin"}
BY_LINK = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "same-origin"}
PASTED = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"}
MAILED = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site"}
