"""政策: the notices as packs, proposed by an author, published by a second person's approval.

Everyone judges by the version published here, never by a file in an image; the drafts in the
repository are proposed through this context's API like any other.
"""
