"""Papers: what a document says, section by section, before anyone knows whether it becomes PDF or Word."""
