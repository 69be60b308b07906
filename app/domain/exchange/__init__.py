"""Point sets in the files of other programs: 3D Slicer, MeshLab, tables. Text only; the skin comes in geometry."""
