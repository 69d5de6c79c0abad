"""What every process of the mesh needs to be a good citizen of it; knows no service and no product noun."""
