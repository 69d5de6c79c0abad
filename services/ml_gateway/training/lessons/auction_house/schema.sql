CREATE TABLE Consignors (
  ConsignorID INTEGER PRIMARY KEY,
  Name TEXT,
  Kind TEXT,
  City TEXT,
  CommissionPct REAL
);
CREATE TABLE Auctions (
  AuctionID INTEGER PRIMARY KEY,
  Title TEXT,
  HeldOn DATE,
  Room TEXT,
  Auctioneer TEXT
);
CREATE TABLE Categories (
  CatCode TEXT PRIMARY KEY,
  CatName TEXT,
  ParentCode TEXT REFERENCES Categories(CatCode)
);
CREATE TABLE Lots (
  LotNo INTEGER PRIMARY KEY,
  AuctionID INTEGER REFERENCES Auctions(AuctionID),
  ConsignorID INTEGER REFERENCES Consignors(ConsignorID),
  CatCode TEXT REFERENCES Categories(CatCode),
  Title TEXT,
  Maker TEXT,
  MadeYear INTEGER,
  EstimateLow INTEGER,
  EstimateHigh INTEGER,
  ReservePrice INTEGER,
  Condition TEXT
);
CREATE TABLE Bidders (
  PaddleNo INTEGER PRIMARY KEY,
  Surname TEXT,
  GivenName TEXT,
  Country TEXT,
  RegisteredOn DATE,
  Verified TEXT
);
CREATE TABLE Bids (
  BidID INTEGER PRIMARY KEY,
  LotNo INTEGER REFERENCES Lots(LotNo),
  PaddleNo INTEGER REFERENCES Bidders(PaddleNo),
  Amount INTEGER,
  Channel TEXT,
  PlacedAt DATETIME
);
CREATE TABLE Sales (
  SaleID INTEGER PRIMARY KEY,
  LotNo INTEGER REFERENCES Lots(LotNo),
  BuyerPaddle INTEGER REFERENCES Bidders(PaddleNo),
  HammerPrice INTEGER,
  BuyersPremium DECIMAL(9,2),
  PaidOn DATE,
  CollectedOn DATE
);
INSERT INTO Consignors VALUES
(1,'Estate of J. Morrow','estate','Bath',12),(2,'Helene Castagne','private','Lyon',15),(3,'Priory Museum Trust','institution','York',8),
(4,'Victor Blom','private','Ghent',15),(5,'Blom & Sons','dealer','Ghent',10),(6,'Anonymous','private',NULL,14),(7,'Ashdown Gallery','dealer','Bath',10),(8,'Rosa Teller','private','Vienna',16);
INSERT INTO Auctions VALUES
(1,'Spring Silver & Jewels','2022-04-21','Main Hall','Edith Crane'),(2,'Clocks and Instruments','2022-11-10','Blue Room','Rupert Hale'),
(3,'Old Prints','2023-03-16','Blue Room','Edith Crane'),(4,'Country House Sale','2023-09-28','Main Hall','Marcus Odell'),
(5,'Modern Design','2024-02-08','Annex','Rupert Hale'),(6,'Spring Jewels','2024-04-18','Main Hall','Edith Crane'),(7,'Wine Evening','2024-06-06','Annex',NULL),(8,'Autumn Design','2024-09-12','Annex','Rupert Hale');
INSERT INTO Categories VALUES
('ART','Art',NULL),('DEC','Decorative',NULL),('PRT','Prints','ART'),('PNT','Paintings','ART'),('SIL','Silver','DEC'),('FUR','Furniture','DEC'),('CLK','Clocks','DEC'),('JEW','Jewellery',NULL),('BKS','Books',NULL);
INSERT INTO Lots VALUES
(1,1,1,'SIL','George III teapot','Hester Lane',1788,800,1200,700,'good'),(2,1,1,'SIL','Set of twelve spoons','Unknown',1820,300,450,250,'fair'),
(3,1,2,'JEW','Sapphire brooch','Maison Aubry',1925,4000,6000,3800,'excellent'),(4,1,8,'JEW','Pearl necklace',NULL,1950,900,1400,NULL,'good'),
(5,2,4,'CLK','Bracket clock','Thos. Whitby',1745,5000,8000,4500,'good'),(6,2,5,'CLK','Carriage clock','Unknown',1890,400,600,350,'poor'),
(7,2,3,'CLK','Regulator','Thos. Whitby',1760,9000,12000,9000,'restored'),(8,3,7,'PRT','View of the harbour','A. Lindt',1871,200,300,NULL,'good'),
(9,3,7,'PRT','Map of the shire','Unknown',1695,650,900,600,'fair'),(10,3,2,'PRT','Rooftops','A. Lindt',1880,250,350,200,'excellent'),
(11,4,1,'FUR','Walnut bureau','Unknown',1720,2500,3500,2200,'restored'),(12,4,1,'PNT','Portrait of a lady','Circle of Brandl',1780,3000,5000,2800,'fair'),
(13,4,6,'FUR','Pair of armchairs','Gillows',1810,1800,2600,1700,'good'),(14,4,6,'SIL','Silver salver','Hester Lane',1791,700,950,650,'good'),
(15,5,5,'FUR','Teak sideboard','Norrland',1962,1100,1600,1000,'excellent'),(16,5,5,'FUR','Lounge chair','Norrland',1958,2000,3000,NULL,'good'),
(17,5,4,'DEC','Glass vase','Vetro Nove',1971,150,250,NULL,'excellent'),(18,6,2,'JEW','Emerald ring','Maison Aubry',1930,7000,9500,6800,'excellent'),
(19,6,8,'JEW','Gold bracelet','Unknown',1965,1200,1500,1100,'fair'),(20,6,8,'JEW','Cameo pendant',NULL,1885,180,260,NULL,'good'),
(21,4,2,'PNT','Winter river',NULL,1868,1500,2200,1400,'good'),(22,2,7,'FUR','Oak stool','Unknown',1860,90,140,NULL,'fair');
INSERT INTO Bidders VALUES
(11,'Okonjo','Ada','Nigeria','2022-03-30','yes'),(12,'Steiner','Paul','Austria','2022-04-02','yes'),(13,'Whitlock','James','Britain','2022-04-15','yes'),
(14,'Whitlock','Norah','Britain','2022-10-01','no'),(15,'Morel','Claude','France','2022-11-01','yes'),(16,'Tanaka','Emi','Japan','2023-02-20','yes'),
(17,'Duarte','Ines','Portugal','2023-03-01','no'),(18,'Steiner','Katrin','Austria','2023-09-03','yes'),(19,'Hale','Oscar','Britain','2024-01-25','yes'),
(20,'Morel','Jeanne','France','2024-04-01','no'),(21,'Lund','Peer','Denmark','2024-05-30','no');
INSERT INTO Bids VALUES
(1,1,11,750,'room','2022-04-21 10:05:00'),(2,1,13,900,'room','2022-04-21 10:06:00'),(3,1,11,1050,'room','2022-04-21 10:06:40'),(4,2,13,260,'phone','2022-04-21 10:20:00'),
(5,3,12,3900,'online','2022-04-21 11:00:00'),(6,3,11,4600,'room','2022-04-21 11:01:00'),(7,3,12,6800,'online','2022-04-21 11:03:00'),(8,5,15,4700,'phone','2022-11-10 14:00:00'),
(9,5,14,5200,'online','2022-11-10 14:01:00'),(10,5,15,6100,'phone','2022-11-10 14:02:00'),(11,6,14,280,'online','2022-11-10 14:30:00'),(12,7,12,8200,'room','2022-11-10 15:00:00'),
(13,8,16,220,'online','2023-03-16 09:10:00'),(14,8,17,310,'online','2023-03-16 09:11:00'),(15,9,16,640,'online','2023-03-16 09:30:00'),(16,10,17,210,'room','2023-03-16 09:50:00'),
(17,10,16,390,'online','2023-03-16 09:51:00'),(18,11,13,2300,'room','2023-09-28 10:00:00'),(19,11,18,2700,'phone','2023-09-28 10:01:30'),(20,12,15,2900,'phone','2023-09-28 10:40:00'),
(21,12,11,3300,'room','2023-09-28 10:41:00'),(22,13,18,1750,'phone','2023-09-28 11:15:00'),(23,14,13,600,'room','2023-09-28 11:45:00'),(24,15,19,1250,'room','2024-02-08 18:00:00'),
(25,15,16,1900,'online','2024-02-08 18:01:00'),(26,16,19,1600,'room','2024-02-08 18:20:00'),(27,18,12,7000,'room','2024-04-18 11:00:00'),(28,18,16,8800,'online','2024-04-18 11:02:00'),
(29,19,20,1150,'phone','2024-04-18 11:30:00'),(30,19,11,1300,'online','2024-04-18 11:31:00'),(31,20,20,240,'phone','2024-04-18 11:50:00'),(32,22,13,120,'room','2022-11-10 15:30:00');
INSERT INTO Sales VALUES
(1,1,11,1050,262.5,'2022-04-25','2022-04-26'),(2,2,13,260,65,'2022-04-21','2022-04-21'),(3,3,12,6800,1700,'2022-05-10','2022-06-01'),(4,5,15,6100,1525,'2022-11-20','2022-12-05'),
(5,8,17,310,77.5,NULL,NULL),(6,9,16,640,160,'2023-03-20','2023-04-11'),(7,10,16,390,97.5,'2023-03-20',NULL),(8,11,18,2700,675,'2023-10-15','2023-10-30'),
(9,12,11,3300,825,'2023-10-02','2023-10-02'),(10,13,18,1750,437.5,'2023-10-15',NULL),(11,15,16,1900,475,'2024-02-12','2024-03-01'),(12,16,19,1600,400,NULL,NULL),
(13,18,16,8800,2200,'2024-04-30',NULL),(14,19,11,1300,325,NULL,NULL),(15,20,20,240,60,'2024-04-18','2024-04-18'),(16,22,13,120,30,'2022-11-10','2022-11-10');
