"""FDLandmark: five landmarks of a face whose place is roughly known already."""
