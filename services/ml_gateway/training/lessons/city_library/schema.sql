CREATE TABLE Branch (
  BranchNo INTEGER PRIMARY KEY,
  BranchName TEXT,
  District TEXT,
  OpenedYear INTEGER,
  FloorArea INTEGER,
  HasCafe TEXT
);
CREATE TABLE Author (
  AuthorNo INTEGER PRIMARY KEY,
  FullName TEXT,
  Nationality TEXT,
  BirthYear INTEGER
);
CREATE TABLE Title (
  TitleNo INTEGER PRIMARY KEY,
  TitleText TEXT,
  Genre TEXT,
  PubYear TEXT,
  Pages INTEGER,
  Lang TEXT
);
CREATE TABLE TitleAuthor (
  TitleNo INTEGER REFERENCES Title(TitleNo),
  AuthorNo INTEGER REFERENCES Author(AuthorNo),
  PRIMARY KEY (TitleNo, AuthorNo)
);
CREATE TABLE Copy (
  CopyNo INTEGER PRIMARY KEY,
  TitleNo INTEGER REFERENCES Title(TitleNo),
  BranchNo INTEGER REFERENCES Branch(BranchNo),
  Condition TEXT, -- 'N' new, 'G' good, 'W' worn
  PricePaid DECIMAL(6,2)
);
CREATE TABLE Reader (
  CardNo INTEGER PRIMARY KEY,
  ReaderName TEXT,
  DateOfBirth DATE,
  Street TEXT,
  HomeBranchNo INTEGER REFERENCES Branch(BranchNo),
  Joined DATE,
  CardType TEXT -- adult, child, senior
);
CREATE TABLE Loan (
  LoanNo INTEGER PRIMARY KEY,
  CopyNo INTEGER REFERENCES Copy(CopyNo),
  CardNo INTEGER REFERENCES Reader(CardNo),
  LentOn DATE,
  DueOn DATE,
  ReturnedOn DATE
);
CREATE TABLE Hold (
  HoldNo INTEGER PRIMARY KEY,
  TitleNo INTEGER REFERENCES Title(TitleNo),
  CardNo INTEGER REFERENCES Reader(CardNo),
  PickupBranchNo INTEGER REFERENCES Branch(BranchNo),
  PlacedOn DATE,
  HoldStatus TEXT
);
CREATE TABLE Fine (
  FineNo INTEGER PRIMARY KEY,
  LoanNo INTEGER REFERENCES Loan(LoanNo),
  Amount DECIMAL(6,2),
  Reason TEXT,
  Paid TEXT
);
INSERT INTO Branch VALUES
(1,'Central','Old Town',1932,5200,'yes'),(2,'Riverside','Docks',1988,1400,'no'),(3,'Hillcrest','Hillcrest',1975,900,'no'),
(4,'Market Street','Old Town',2004,1750,'yes'),(5,'Northgate','Northgate',2016,2300,'yes'),(6,'Willow Park','Westfields',1961,640,'no'),
(7,'Station','Docks',2021,310,'no'),(8,'Beechwood','Westfields',1998,1120,'no');
INSERT INTO Author VALUES
(1,'Ingrid Solbakken','Norwegian',1961),(2,'Pavel Dusek','Czech',1948),(3,'Amara Nwosu','Nigerian',1979),(4,'Colm Rafferty','Irish',1955),
(5,'Helene Duvall','French',1970),(6,'Rui Tavora','Portuguese',1983),(7,'Nora Rafferty','Irish',1988),(8,'Samuel Pike','British',NULL),
(9,'Yuki Hanamura','Japanese',1966),(10,'Greta Vogel','German',1992);
INSERT INTO Title VALUES
(1,'The Ferry at Night','crime','2015',342,'English'),(2,'Salt and Rye','cookery','2019',210,'English'),(3,'A Winter of Foxes','novel','2008',418,'English'),
(4,'Der stille Garten','novel','2021',265,'German'),(5,'Bridges of the Delta','history','2011',530,'English'),(6,'The Clockmaker''s Niece','crime','2020',301,'English'),
(7,'La Maison Bleue','novel','2013',288,'French'),(8,'Little Owl Counts','children','2022',32,'English'),(9,'Little Owl Sleeps','children','2023',30,'English'),
(10,'Knots and Sails','sport','1999',156,'English'),(11,'The Last Tram','history','2018',377,'English'),(12,'Night Gardeners','novel','2023',455,'English'),
(13,'Foxes of the City','nature','2017',198,'English'),(14,'Der letzte Zug','crime','2022',312,'German');
INSERT INTO TitleAuthor VALUES
(1,1),(2,5),(2,6),(3,4),(4,10),(5,3),(6,1),(7,5),(8,7),(9,7),(9,9),(10,8),(11,2),(11,3),(12,3),(13,4),(13,7),(14,10);
INSERT INTO Copy VALUES
(1001,1,1,'G',18.90),(1002,1,2,'W',18.90),(1003,1,5,'N',19.90),(1004,2,1,'G',27.00),(1005,3,1,'W',15.50),(1006,3,3,'W',15.50),
(1007,4,1,'N',22.00),(1008,5,1,'G',39.00),(1009,6,4,'N',20.00),(1010,6,1,'G',20.00),(1011,7,4,'G',17.80),(1012,8,6,'W',9.50),
(1013,8,3,'G',9.50),(1014,8,1,'N',9.90),(1015,9,6,'N',9.90),(1016,10,2,'W',NULL),(1017,11,5,'G',31.00),(1018,12,1,'N',24.00),
(1019,12,5,'N',24.00),(1020,12,2,'N',23.50),(1021,13,8,'G',14.00),(1022,11,1,'W',31.00);
INSERT INTO Reader VALUES
(9001,'Ada Brightwell','1984-05-12','Mill Lane 4',1,'2018-02-11','adult'),(9002,'Jonas Ekberg','1951-11-30','Quay Road 17',2,'2015-06-01','senior'),
(9003,'Mina Farouk','2014-03-08','Hill Street 2',3,'2021-09-14','child'),(9004,'Peter Long','1990-07-19','Mill Lane 22',1,'2022-01-05','adult'),
(9005,'Rosa Delgado','1977-01-25','North Road 80',5,'2020-10-20','adult'),(9006,'Theo Brightwell','2015-12-01','Mill Lane 4',1,'2022-04-02','child'),
(9007,'Wanda Kruk','1946-08-14','Station Square 1',4,'2016-03-17','senior'),(9008,'Idris Coleman','1999-02-02','Park Avenue 9',6,'2023-07-07','adult'),
(9009,'Lily Chen','2012-06-23','Park Avenue 31',6,'2023-01-30','child'),(9010,'Grace Otieno','1968-09-09','Quay Road 3',2,'2019-12-12','adult'),
(9011,'Peter Long','1955-04-04','Garden Row 6',NULL,'2024-02-15','senior'),(9012,'Hanna Weiss','1988-10-17','North Road 12',5,'2021-05-25','adult');
INSERT INTO Loan VALUES
(1,1001,9001,'2022-03-02','2022-03-23','2022-03-20'),(2,1005,9002,'2022-05-14','2022-06-04','2022-06-19'),(3,1013,9003,'2022-09-01','2022-09-22','2022-09-22'),
(4,1009,9001,'2022-11-11','2022-12-02','2022-12-20'),(5,1004,9004,'2023-01-20','2023-02-10','2023-02-08'),(6,1017,9005,'2023-02-03','2023-02-24','2023-03-15'),
(7,1014,9006,'2023-03-18','2023-04-08','2023-04-01'),(8,1011,9007,'2023-04-25','2023-05-16','2023-05-10'),(9,1008,9001,'2023-06-30','2023-07-21','2023-07-15'),
(10,1012,9009,'2023-08-05','2023-08-26','2023-09-30'),(11,1002,9010,'2023-10-10','2023-10-31','2023-10-28'),(12,1018,9001,'2023-11-22','2023-12-13','2023-12-12'),
(13,1019,9005,'2024-01-08','2024-01-29','2024-02-10'),(14,1001,9004,'2024-01-15','2024-02-05','2024-02-01'),(15,1015,9009,'2024-02-20','2024-03-12',NULL),
(16,1003,9012,'2024-03-01','2024-03-22','2024-03-19'),(17,1007,9012,'2024-03-19','2024-04-09',NULL),(18,1020,9002,'2024-03-27','2024-04-17',NULL),
(19,1018,9010,'2024-04-02','2024-04-23',NULL),(20,1006,9003,'2024-04-11','2024-05-02','2024-04-30');
INSERT INTO Hold VALUES
(1,12,9001,1,'2023-11-02','fulfilled'),(2,12,9005,5,'2023-12-01','fulfilled'),(3,12,9007,4,'2024-03-20','waiting'),(4,6,9010,2,'2024-02-14','cancelled'),
(5,1,9004,1,'2024-01-03','fulfilled'),(6,14,9012,5,'2024-04-01','waiting'),(7,9,9003,3,'2024-03-02','waiting'),(8,12,9004,4,'2024-04-05','waiting'),(9,11,9002,2,'2023-05-05','cancelled'),(10,4,9010,1,'2024-04-08','ready');
INSERT INTO Fine VALUES
(1,2,3.75,'late','yes'),(2,4,4.50,'late','yes'),(3,6,4.75,'late','no'),(4,10,8.80,'late','no'),(5,10,9.50,'damaged','no'),(6,13,3.00,'late','yes'),(7,1,2.00,'damaged','yes'),(8,8,1.50,'lost jacket','yes'),(9,15,9.90,'lost','no');
