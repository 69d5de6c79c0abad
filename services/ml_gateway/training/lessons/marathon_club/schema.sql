CREATE TABLE Club (
  ClubCode TEXT PRIMARY KEY,
  ClubName TEXT NOT NULL,
  HomeCity TEXT,
  FoundedYear INTEGER,
  AnnualFee DECIMAL(6,2)
);
CREATE TABLE Runner (
  RunnerNo INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Gender TEXT,
  BirthDate DATE,
  Nationality TEXT,
  ClubCode TEXT,
  CoachNo INTEGER,
  Email TEXT,
  FOREIGN KEY (ClubCode) REFERENCES Club(ClubCode),
  FOREIGN KEY (CoachNo) REFERENCES Runner(RunnerNo)
);
CREATE TABLE Race (
  RaceID INTEGER PRIMARY KEY,
  RaceName TEXT NOT NULL,
  City TEXT,
  RaceDate DATE,
  DistanceKm REAL,
  EntryFee DECIMAL(6,2),
  MaxStarters INTEGER,
  OrganizerClub TEXT,
  FOREIGN KEY (OrganizerClub) REFERENCES Club(ClubCode)
);
CREATE TABLE AgeClass (
  ClassCode TEXT PRIMARY KEY,
  Label TEXT,
  MinAge INTEGER,
  MaxAge INTEGER
);
CREATE TABLE Result (
  RaceID INTEGER,
  RunnerNo INTEGER,
  ClassCode TEXT,
  BibNo INTEGER,
  Status TEXT,
  FinishMinutes REAL,
  Place INTEGER,
  PRIMARY KEY (RaceID, RunnerNo),
  FOREIGN KEY (RaceID) REFERENCES Race(RaceID),
  FOREIGN KEY (RunnerNo) REFERENCES Runner(RunnerNo),
  FOREIGN KEY (ClassCode) REFERENCES AgeClass(ClassCode)
);
CREATE TABLE Sponsor (
  SponsorID INTEGER PRIMARY KEY,
  SponsorName TEXT,
  Industry TEXT,
  ContactPerson TEXT
);
CREATE TABLE RaceSponsor (
  RaceID INTEGER,
  SponsorID INTEGER,
  Amount DECIMAL(10,2),
  PaidOn DATE,
  PRIMARY KEY (RaceID, SponsorID),
  FOREIGN KEY (RaceID) REFERENCES Race(RaceID),
  FOREIGN KEY (SponsorID) REFERENCES Sponsor(SponsorID)
);
INSERT INTO Club VALUES
 ('RVH','River Valley Harriers','Bregenz',1974,85.00),
 ('TRK','Trackside Runners','Graz',1998,60.00),
 ('ALP','Alpine Pacers','Innsbruck',1986,95.00),
 ('SUN','Sunrise Joggers','Graz',2011,40.00),
 ('LKS','Lakeshore Striders','Konstanz',2003,72.50),
 ('OWL','Night Owls','Linz',2018,35.00),
 ('PEB','Pebble Path','Villach',1991,NULL),
 ('DAN','Danube Endurance','Linz',1982,80.00);
INSERT INTO Runner VALUES
 (101,'Katja Moser','F','1988-04-12','Austria','RVH',NULL,'katja@moser.test'),
 (102,'Stefan Huber','M','1971-09-30','Austria','RVH',101,'s.huber@mail.test'),
 (103,'Lena Brandl','F','1999-01-22','Germany','LKS',NULL,NULL),
 (104,'Marco Conti','M','1985-06-17','Italy','ALP',NULL,'marco@conti.test'),
 (105,'Eva Novak','F','1964-11-03','Slovenia','TRK',104,'eva.novak@mail.test'),
 (106,'Jonas Weiss','M','2004-02-28','Austria','TRK',104,NULL),
 (107,'Petra Huber','F','1979-07-07','Austria','ALP',104,'petra@huber.test'),
 (108,'Ben Adler','M','1990-12-19','Germany','LKS',103,'ben.adler@run.test'),
 (109,'Ilona Szabo','F','1983-03-05','Hungary',NULL,NULL,'ilona@run.test'),
 (110,'Rafael Ortiz','M','1995-08-14','Spain',NULL,101,NULL),
 (111,'Nina Gruber','F','2002-10-10','Austria','SUN',105,'nina@gruber.test'),
 (112,'Anton Berger','M','1958-05-25','Austria','DAN',NULL,NULL),
 (113,'Sonja Lang','F','1993-02-02','Austria','DAN',112,'sonja@lang.test'),
 (114,'Luca Conti','M','2001-12-30','Italy','ALP',104,'luca@conti.test'),
 (115,'Clara Vogt','F','1997-09-09','Germany',NULL,103,NULL);
INSERT INTO Race VALUES
 (1,'Lakeside Marathon','Konstanz','2022-09-18',42.2,75.00,900,'LKS'),
 (2,'Old Town Half','Graz','2023-03-26',21.1,45.00,1200,'TRK'),
 (3,'Castle Hill 10','Graz','2023-06-11',10.0,25.00,600,'SUN'),
 (4,'Lakeside Marathon','Konstanz','2023-09-17',42.2,79.00,950,'LKS'),
 (5,'Valley Night Run','Bregenz','2023-11-04',15.0,30.00,400,'RVH'),
 (6,'Old Town Half','Graz','2024-03-24',21.1,48.00,1300,'TRK'),
 (7,'Glacier Marathon','Innsbruck','2024-06-29',42.2,95.00,350,'ALP'),
 (8,'Danube Ten','Linz','2024-08-18',10.0,22.00,800,NULL),
 (9,'Frost Ultra','Innsbruck','2024-12-07',63.5,120.00,150,'ALP'),
 (10,'Spring Relay','Villach','2024-04-14',30.0,55.00,500,'ALP');
INSERT INTO AgeClass VALUES
 ('U23','Juniors',16,22),('M20','Open men',23,39),('W20','Open women',23,39),('M40','Masters men',40,54),
 ('W40','Masters women',40,54),('M55','Veterans men',55,64),('W55','Veterans women',55,64),('M65','Seniors men',65,NULL),('W65','Seniors women',65,NULL);
INSERT INTO Result VALUES
 (1,101,'W20',12,'F',184.5,2),(1,102,'M40',27,'F',211.2,4),(1,108,'M20',33,'F',176.8,1),(1,109,'W20',41,'F',198.0,3),(1,112,'M55',52,'DNF',NULL,NULL),
 (2,104,'M20',5,'F',74.3,1),(2,105,'W55',18,'F',109.7,5),(2,106,'U23',22,'F',79.9,2),(2,107,'W40',30,'F',96.4,4),(2,111,'U23',36,'F',90.1,3),
 (3,106,'U23',3,'F',35.6,1),(3,111,'U23',9,'F',41.8,2),(3,105,'W55',14,'DNS',NULL,NULL),
 (4,101,'W20',2,'F',182.9,2),(4,108,'M20',1,'F',174.1,1),(4,104,'M20',7,'DNF',NULL,NULL),(4,110,'M20',15,'F',187.7,3),
 (5,102,'M40',8,'F',68.2,2),(5,101,'W20',11,'F',61.5,1),
 (6,104,'M20',1,'F',73.0,1),(6,106,'U23',4,'F',77.7,2),(6,107,'W40',19,'F',95.2,4),(6,113,'W20',25,'F',92.6,3),
 (7,104,'M20',6,'F',190.4,1),(7,110,'M20',17,'F',193.9,2),(7,101,'W20',10,'DNF',NULL,NULL),(7,107,'W40',20,'F',231.0,3),
 (8,113,'W20',7,'F',43.3,2),(8,112,'M65',13,'F',55.9,3),(8,106,'U23',2,'F',34.9,1);
INSERT INTO Sponsor VALUES
 (1,'Brixa Sports','sportswear','Udo Kern'),(2,'Quellwasser AG','beverages','Mia Roth'),(3,'Bergbank','finance','Karl Zeller'),
 (4,'Vitabar','food',NULL),(5,'Stadtwerke Graz','energy','Ines Pol'),(6,'Tempo Watches','electronics','Ray Cole'),
 (7,'Alpenrad','cycling',NULL),(8,'Hoferbrau','beverages','Josef Hofer');
INSERT INTO RaceSponsor VALUES
 (1,1,8000,'2022-06-01'),(1,3,12000,'2022-07-15'),(2,5,6000,'2023-01-10'),(2,2,2500,'2023-02-01'),(3,5,1800,'2023-05-05'),
 (4,1,8500,'2023-06-01'),(4,3,12500,'2023-07-14'),(4,2,3100,NULL),(5,4,900,'2023-10-02'),(6,5,6400,'2024-01-12'),
 (6,1,4000,'2024-02-20'),(7,6,15000,'2024-05-03'),(7,4,1250,'2024-05-30'),(7,2,3300,'2024-06-10'),(8,8,2750,NULL);
