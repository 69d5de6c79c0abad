"""What the mesh calls: servicers and the translation between messages and the model."""
