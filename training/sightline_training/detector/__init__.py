"""Face detectors: boxes with five landmarks on strides 8, 16 and 32, in Pytorch_Retinaface's convention."""
