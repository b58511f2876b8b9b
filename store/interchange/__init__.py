"""The directory as files: CSV, Excel, and packages of the Human Services Data Specification.

Reading order: `sheets` (bytes to rows), `columns` (headers to fields), `cells` (a cell to a value,
or what is wrong with it), `hsds` (packages to rows), `reading` (a file to entries and faults),
`comparing` (what an import would do), `writing` (entries to files).
"""
