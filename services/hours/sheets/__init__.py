"""批量登记: the sheet by which a unit's admin registers hours of many people."""
