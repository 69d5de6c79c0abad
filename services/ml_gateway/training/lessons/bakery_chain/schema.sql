CREATE TABLE tblShop (
  ShopID INTEGER PRIMARY KEY,
  ShopName TEXT,
  City TEXT,
  OpenSince DATE,
  Seats INTEGER,
  ManagerID INTEGER
);
CREATE TABLE tblStaff (
  StaffID INTEGER PRIMARY KEY,
  StaffName TEXT,
  Job TEXT,
  ShopID INTEGER REFERENCES tblShop(ShopID),
  HireDate DATE,
  MonthlyPay INTEGER
);
CREATE TABLE tblRecipe (
  RecipeID INTEGER PRIMARY KEY,
  RecipeName TEXT,
  Kind TEXT,
  BakeMinutes INTEGER,
  OvenTemp INTEGER,
  Price DECIMAL(5,2),
  Vegan BOOLEAN,
  CreatedBy INTEGER
);
CREATE TABLE tblIngredient (
  IngredientID INTEGER PRIMARY KEY,
  IngName TEXT,
  Unit TEXT,
  CostPerUnit DECIMAL(6,2),
  Allergen TEXT,
  Supplier TEXT
);
CREATE TABLE tblRecipeIngredient (
  RecipeID INTEGER,
  IngredientID INTEGER,
  Qty REAL,
  PRIMARY KEY (RecipeID, IngredientID)
);
CREATE TABLE tblBatch (
  BatchID INTEGER PRIMARY KEY,
  RecipeID INTEGER REFERENCES tblRecipe(RecipeID),
  BakerID INTEGER REFERENCES tblStaff(StaffID),
  BakedOn DATE,
  Pieces INTEGER,
  Rejected INTEGER
);
CREATE TABLE tblSale (
  SaleID INTEGER PRIMARY KEY,
  ShopID INTEGER REFERENCES tblShop(ShopID),
  RecipeID INTEGER REFERENCES tblRecipe(RecipeID),
  SaleDate DATE,
  PiecesSold INTEGER,
  Takings DECIMAL(8,2)
);
INSERT INTO tblShop VALUES
(1,'Corner Oven','Arlow','2011-05-02',12,3),(2,'Station Loaf','Arlow','2016-09-12',0,5),(3,'Mill Crust','Benford','2018-02-27',30,7),
(4,'The Warm Bun','Carsley','2020-07-15',18,9),(5,'Harbour Bakes','Benford','2022-03-10',24,NULL),(6,'Castle Crumb','Dunmore','2024-05-01',8,NULL),
(7,'Dock Rolls','Benford','2013-08-19',6,NULL),(8,'Little Loaf','Arlow','2019-04-30',0,NULL);
INSERT INTO tblStaff VALUES
(1,'Elsa Brandt','baker',1,'2012-01-16',3150),(2,'Jim Tolley','baker',3,'2018-03-01',2980),(3,'Fatima Zahra','manager',1,'2013-06-20',3900),
(4,'Noah Webb','cashier',1,'2023-02-11',2100),(5,'Clara Hunt','manager',2,'2016-09-01',3600),(6,'Piotr Sowa','baker',3,'2021-10-05',2750),
(7,'Anne Ridley','manager',3,'2019-04-08',3720),(8,'Jim Tolley','cashier',4,'2022-08-22',2050),(9,'Dev Malhotra','manager',4,'2020-06-30',3540),
(10,'Lucy Farr','baker',5,'2022-03-01',2820),(11,'Omar Haddad','cashier',5,'2024-01-15',2080),(12,'Beth Crane','driver',NULL,'2017-11-27',2400);
INSERT INTO tblRecipe VALUES
(1,'Rye Sourdough','bread',55,235,4.20,1,1),(2,'Seeded Tin Loaf','bread',45,220,3.60,1,2),(3,'Butter Croissant','pastry',22,190,1.90,0,1),
(4,'Cinnamon Knot','pastry',18,195,2.30,0,10),(5,'Plum Tray Cake','cake',40,175,3.10,0,1),(6,'Carrot Slice','cake',38,170,3.25,0,6),
(7,'Oat Biscuit','biscuit',14,180,0.95,1,6),(8,'Walnut Baton','bread',30,230,2.85,1,2),(9,'Almond Crescent','biscuit',12,165,1.10,0,NULL),
(10,'Spelt Roll','bread',17,225,0.80,1,10),(11,'Cheese Twist','pastry',20,200,2.15,0,2);
INSERT INTO tblIngredient VALUES
(1,'rye flour','kg',1.40,'gluten','Penhale Mill'),(2,'wheat flour','kg',0.95,'gluten','Penhale Mill'),(3,'butter','kg',7.80,'milk','Dairy Vale'),
(4,'sugar','kg',1.10,NULL,'Sweetline'),(5,'walnuts','kg',11.50,'nuts','Nutters'),(6,'almonds','kg',12.75,'nuts','Nutters'),
(7,'cinnamon','g',0.03,NULL,'Spice Route'),(8,'plums','kg',2.60,NULL,'Orchard Co'),(9,'carrots','kg',0.70,NULL,'Orchard Co'),
(10,'eggs','piece',0.22,'egg','Dairy Vale'),(11,'oats','kg',1.25,'gluten','Penhale Mill'),(12,'sunflower seeds','kg',3.90,NULL,NULL),
(13,'spelt flour','kg',2.10,'gluten','Penhale Mill'),(14,'cheddar','kg',9.40,'milk','Dairy Vale'),(15,'saffron','g',4.50,NULL,'Spice Route');
INSERT INTO tblRecipeIngredient VALUES
(1,1,0.6),(1,2,0.2),(2,2,0.5),(2,12,0.08),(3,2,0.05),(3,3,0.03),(4,2,0.06),(4,3,0.02),(4,4,0.02),(4,7,3),
(5,2,0.07),(5,4,0.04),(5,8,0.12),(5,10,1),(6,2,0.06),(6,4,0.05),(6,9,0.1),(6,10,1),(6,5,0.02),(7,11,0.04),(7,4,0.015),
(8,2,0.25),(8,5,0.06),(9,6,0.03),(9,3,0.02),(9,4,0.01),(10,13,0.07),(11,2,0.05),(11,3,0.02),(11,14,0.04);
INSERT INTO tblBatch VALUES
(201,1,1,'2023-01-14',60,2),(202,2,2,'2023-01-14',80,5),(203,3,1,'2023-03-08',150,11),(204,5,1,'2023-06-21',48,0),(205,7,6,'2023-08-02',200,14),
(206,6,6,'2023-10-19',36,1),(207,4,10,'2023-11-30',90,8),(208,1,1,'2023-12-22',110,3),(209,8,2,'2024-01-09',70,4),(210,3,10,'2024-02-14',180,22),
(211,2,2,'2024-02-28',85,0),(212,10,10,'2024-03-15',240,9),(213,4,6,'2024-04-03',95,5),(214,6,6,'2024-04-27',40,6),(215,1,2,'2024-05-10',75,7);
INSERT INTO tblSale VALUES
(1,1,1,'2023-01-14',31,130.20),(2,1,3,'2023-03-08',72,136.80),(3,2,3,'2023-03-08',55,104.50),(4,3,2,'2023-01-15',40,144.00),(5,3,5,'2023-06-22',21,65.10),
(6,4,7,'2023-08-03',88,83.60),(7,4,6,'2023-10-20',19,61.75),(8,5,4,'2023-12-01',43,98.90),(9,1,1,'2023-12-22',66,277.20),(10,3,1,'2023-12-23',29,121.80),
(11,2,8,'2024-01-09',25,71.25),(12,5,3,'2024-02-14',97,184.30),(13,1,3,'2024-02-14',51,96.90),(14,3,2,'2024-02-28',37,133.20),(15,2,10,'2024-03-15',120,96.00),
(16,5,10,'2024-03-16',77,61.60),(17,4,4,'2024-04-03',38,87.40),(18,3,6,'2024-04-28',22,71.50),(19,1,4,'2024-04-04',33,75.90),(20,4,1,'2024-05-11',41,172.20);
