"""Official documents 文书: data in, PDF out. Knows no database, no framework and no clock.

`RECONSIDERATION.draft(code, values, version)` draws a document up; `render(document)` sets it;
`DossierBinder().bind(items, cover)` binds a case file.
"""
