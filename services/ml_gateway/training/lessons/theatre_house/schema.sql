CREATE TABLE Stages (
  StageId INTEGER PRIMARY KEY,
  StageName TEXT,
  Seats INTEGER,
  HasOrgan INTEGER
);
CREATE TABLE Playwrights (
  PlaywrightId INTEGER PRIMARY KEY,
  Name TEXT,
  Nationality TEXT,
  BirthYear TEXT,
  DeathYear TEXT
);
CREATE TABLE Productions (
  ProductionId INTEGER PRIMARY KEY,
  Title TEXT,
  Genre TEXT,
  PlaywrightId INTEGER,
  DirectorId INTEGER,
  PremiereDate DATE,
  LastNight DATE,
  Budget INTEGER,
  FOREIGN KEY (PlaywrightId) REFERENCES Playwrights(PlaywrightId),
  FOREIGN KEY (DirectorId) REFERENCES Ensemble(MemberId)
);
CREATE TABLE Ensemble (
  MemberId INTEGER PRIMARY KEY,
  FirstName TEXT,
  LastName TEXT,
  BirthDate DATE,
  JoinedYear TEXT,
  Contract TEXT,
  MonthlyPay DECIMAL(8,2)
);
CREATE TABLE Roles (
  RoleId INTEGER PRIMARY KEY,
  ProductionId INTEGER,
  RoleName TEXT,
  ActorId INTEGER,
  UnderstudyId INTEGER,
  LinesCount INTEGER,
  FOREIGN KEY (ProductionId) REFERENCES Productions(ProductionId),
  FOREIGN KEY (ActorId) REFERENCES Ensemble(MemberId),
  FOREIGN KEY (UnderstudyId) REFERENCES Ensemble(MemberId)
);
CREATE TABLE Performances (
  PerfNo INTEGER PRIMARY KEY,
  ProductionId INTEGER,
  StageId INTEGER,
  StartsAt DATETIME,
  SeatsSold INTEGER,
  AvgTicketPrice REAL,
  Cancelled INTEGER,
  FOREIGN KEY (ProductionId) REFERENCES Productions(ProductionId),
  FOREIGN KEY (StageId) REFERENCES Stages(StageId)
);
INSERT INTO Stages VALUES (1,'Great House',620,1),(2,'Studio',95,0),(3,'Courtyard',240,0),(4,'Cellar',60,0);
INSERT INTO Playwrights VALUES
(1,'Agnes Tormund','Danish','1961',NULL),(2,'Lev Karavin','Russian','1868','1921'),(3,'Beatriz Olmo','Spanish','1902','1977'),
(4,'Hugh Pellow','British','1934','2009'),(5,'Sanna Lehto','Finnish','1987',NULL),(6,'Mirko Dragan','Serbian','1955',NULL);
INSERT INTO Ensemble VALUES
(1,'Josefine','Wirth','1979-05-14','2004','permanent',3900),
(2,'Arno','Delling','1966-11-02','1995','permanent',4650),
(3,'Paula','Sternberg','1991-08-23','2017','permanent',3200),
(4,'Nico','Hartwig','1996-01-17','2021','guest',2750),
(5,'Leonie','Wirth','2000-12-05','2023','guest',2400),
(6,'Samuel','Obi','1988-03-30','2014','permanent',3450),
(7,'Edda','Kuhn','1954-07-19','1988','retired',NULL),
(8,'Tomasz','Bielik','1983-09-09','2012','permanent',3600),
(9,'Carla','Monti','1994-06-28','2019','guest',2900),
(10,'Viktor','Reuss','1972-02-11','2001','permanent',4100),
(11,'Hanne','Jessen','1998-10-10','2022','guest',2550),
(12,'Bruno','Teller','1993-04-26','2024','guest',2600);
INSERT INTO Productions VALUES
(1,'The Glass Orchard','drama',2,2,'2022-01-21','2022-06-30',85000),
(2,'Salt Wedding','tragedy',3,10,'2022-04-08','2023-01-15',112000),
(3,'Four Umbrellas','comedy',4,2,'2022-09-16','2023-04-02',64000),
(4,'Snow on Platform Two','drama',5,1,'2023-02-10','2023-12-20',38000),
(5,'The Tax Inspector Dances','comedy',6,10,'2023-05-26','2024-02-25',59000),
(6,'House of Lanterns','tragedy',3,2,'2023-10-06',NULL,140000),
(7,'A Fox in the Choir','family',1,NULL,'2023-11-24',NULL,71000),
(8,'Night Ferry','drama',5,8,'2024-03-15',NULL,46000),
(9,'Hollow Crown Street','musical',4,10,NULL,NULL,205000);
INSERT INTO Roles VALUES
(1,1,'Madame Irina',1,7,410),(2,1,'Pavel',6,NULL,365),(3,1,'The Doctor',10,8,150),
(4,2,'The Bride',3,9,388),(5,2,'The Mother',7,1,295),(6,2,'Leon',8,6,240),
(7,3,'Mr Crabbe',10,NULL,420),(8,3,'Daisy',9,NULL,305),(9,3,'Postman',2,4,88),
(10,4,'Ilse',3,11,512),(11,4,'Conductor',2,10,130),
(12,5,'Inspector Rudi',8,6,460),(13,5,'Landlady',1,NULL,210),(14,5,'Neighbour',4,NULL,76),
(15,6,'Bernarda',1,NULL,350),(16,6,'Amalia',9,5,325),(17,6,'The Watchman',6,NULL,64),
(18,7,'Fox',4,11,280),(19,7,'Choirmaster',10,NULL,199),(20,7,'Little Owl',5,NULL,175),
(21,8,'Ferryman',2,NULL,333),(22,8,'Ilse',3,5,301);
INSERT INTO Performances VALUES
(1,1,1,'2022-01-21 19:30:00',598,34.5,0),(2,1,1,'2022-02-04 19:30:00',512,31.0,0),(3,1,3,'2022-06-30 20:00:00',233,24.0,0),
(4,2,1,'2022-04-08 19:30:00',605,36.0,0),(5,2,1,'2022-05-13 19:30:00',344,29.5,0),(6,2,1,'2023-01-15 18:00:00',571,30.0,0),
(7,3,2,'2022-09-16 20:00:00',95,22.0,0),(8,3,2,'2022-10-07 20:00:00',90,22.0,0),(9,3,3,'2022-09-30 20:00:00',0,NULL,1),(10,3,1,'2023-04-02 18:00:00',487,27.5,0),
(11,4,2,'2023-02-10 20:00:00',93,19.0,0),(12,4,2,'2023-03-24 20:00:00',58,18.5,0),(13,4,2,'2023-12-20 20:00:00',81,18.0,0),
(14,5,3,'2023-05-26 20:00:00',226,25.0,0),(15,5,3,'2023-06-09 20:00:00',0,NULL,1),(16,5,1,'2024-02-25 18:00:00',418,28.0,0),
(17,6,1,'2023-10-06 19:30:00',615,38.0,0),(18,6,1,'2024-01-19 19:30:00',402,33.0,0),
(19,7,1,'2023-11-24 16:00:00',577,16.0,0),(20,7,1,'2023-12-10 16:00:00',610,16.5,0),(21,7,1,'2023-12-17 16:00:00',619,16.5,0),
(22,8,2,'2024-03-15 20:00:00',94,20.0,0),(23,8,2,'2024-04-12 20:00:00',67,19.5,0);
