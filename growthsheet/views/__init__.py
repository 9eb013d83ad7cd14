"""The data that each reader of a workbook may see: a person, a manager, the organization."""
