CREATE TABLE Learner (
  LearnerKey INTEGER PRIMARY KEY,
  DisplayName TEXT,
  Country TEXT,
  MotherTongue TEXT,
  JoinDate DATE,
  Streak INTEGER,
  InvitedByKey INTEGER,
  FOREIGN KEY (InvitedByKey) REFERENCES Learner(LearnerKey)
);
CREATE TABLE Deck (
  DeckKey INTEGER PRIMARY KEY,
  Title TEXT,
  Subject TEXT,
  Difficulty TEXT,
  CardCount INTEGER,
  AuthorKey INTEGER,
  PublishedOn DATE,
  FOREIGN KEY (AuthorKey) REFERENCES Learner(LearnerKey)
);
CREATE TABLE StudySession (
  SessionKey INTEGER PRIMARY KEY,
  LearnerKey INTEGER,
  DeckKey INTEGER,
  StartedAt DATETIME,
  Minutes INTEGER,
  CardsSeen INTEGER,
  CardsRight INTEGER,
  DeviceType TEXT,
  FOREIGN KEY (LearnerKey) REFERENCES Learner(LearnerKey),
  FOREIGN KEY (DeckKey) REFERENCES Deck(DeckKey)
);
CREATE TABLE DeckRating (
  LearnerKey INTEGER,
  DeckKey INTEGER,
  Stars INTEGER,
  Remark TEXT,
  RatedOn DATE,
  PRIMARY KEY (LearnerKey, DeckKey),
  FOREIGN KEY (LearnerKey) REFERENCES Learner(LearnerKey),
  FOREIGN KEY (DeckKey) REFERENCES Deck(DeckKey)
);
CREATE TABLE Membership (
  MembershipKey INTEGER PRIMARY KEY,
  LearnerKey INTEGER,
  Tier TEXT,
  ValidFrom DATE,
  ValidTo DATE,
  PricePaid REAL,
  AutoRenew TEXT,
  FOREIGN KEY (LearnerKey) REFERENCES Learner(LearnerKey)
);
INSERT INTO Learner VALUES
(1,'Elif','Turkey','Turkish','2022-08-30',212,NULL),(2,'Rowan','Ireland','English','2022-09-14',35,1),(3,'Chiara','Italy','Italian','2022-11-02',0,1),(4,'Bao','Vietnam','Vietnamese','2023-01-17',91,NULL),
(5,'Rowan','Canada','English','2023-03-05',3,4),(6,'Anouk','Canada','French','2023-06-21',147,2),(7,'Dara','Ireland','Irish','2023-09-09',0,2),(8,'Selim','Turkey','Turkish','2024-01-28',58,1),(9,'Linh','Vietnam','Vietnamese','2024-02-15',16,4),(10,'Gaspar','Portugal',NULL,'2024-05-03',0,NULL);
INSERT INTO Deck VALUES
(1,'Irregular verbs','English','medium',150,2,'2022-10-01'),(2,'Bones of the hand','Anatomy','hard',54,3,'2022-12-12'),(3,'Ottoman sultans','History','hard',36,1,'2023-02-20'),(4,'First 100 words','French','easy',100,6,'2023-07-30'),
(5,'Café phrases','French','easy',45,6,'2023-10-04'),(6,'Noble gases','Chemistry','easy',12,3,'2023-11-11'),(7,'Phrasal verbs','English','hard',220,2,'2024-01-15'),(8,'Rivers of Asia','Geography','medium',64,4,'2024-03-09'),(9,'Blank deck','History',NULL,0,9,NULL);
INSERT INTO StudySession VALUES
(1,1,1,'2022-10-05 07:10:00',15,40,31,'phone'),(2,4,1,'2023-01-18 21:00:00',35,90,52,'tablet'),(3,3,2,'2023-01-20 18:30:00',50,54,50,'laptop'),(4,1,3,'2023-02-21 06:55:00',12,36,36,'phone'),
(5,2,3,'2023-04-02 12:00:00',20,36,11,'phone'),(6,5,4,'2023-08-01 17:45:00',25,60,44,'phone'),(7,2,4,'2023-08-15 19:20:00',18,50,45,'phone'),(8,6,2,'2023-09-30 22:05:00',40,54,27,'tablet'),
(9,7,4,'2023-10-01 08:00:00',5,10,8,'phone'),(10,1,5,'2023-10-10 07:05:00',14,45,40,'phone'),(11,4,6,'2023-11-20 20:40:00',8,12,12,'tablet'),(12,6,1,'2024-01-03 23:00:00',30,75,70,'laptop'),
(13,8,7,'2024-02-01 18:10:00',45,120,66,'phone'),(14,9,1,'2024-02-16 19:00:00',22,55,33,'phone'),(15,8,1,'2024-02-20 18:15:00',28,80,64,'phone'),(16,1,8,'2024-03-10 07:00:00',16,30,22,'phone'),
(17,6,8,'2024-03-12 21:30:00',33,64,60,'laptop'),(18,4,7,'2024-04-22 20:00:00',55,140,98,'tablet'),(19,9,7,'2024-05-01 19:30:00',NULL,15,4,'phone');
INSERT INTO DeckRating VALUES
(1,1,4,NULL,'2022-10-06'),(4,1,5,'very useful','2023-01-19'),(1,3,5,'mine!','2023-02-22'),(2,3,2,'too hard','2023-04-02'),(6,2,3,NULL,'2023-10-01'),(2,4,5,'great start','2023-08-16'),
(5,4,4,NULL,'2023-08-03'),(1,5,4,'nice','2023-10-11'),(4,6,3,'too short','2023-11-21'),(8,7,2,'too long','2024-02-02'),(6,1,5,NULL,'2024-01-04'),(6,8,4,'pretty maps','2024-03-13'),(4,7,4,NULL,'2024-04-23');
INSERT INTO Membership VALUES
(1,1,'plus','2022-09-01','2023-08-31',48,'yes'),(2,1,'plus','2023-09-01',NULL,54,'yes'),(3,2,'basic','2022-09-14',NULL,0,'no'),(4,3,'plus','2022-11-02','2023-11-01',48,'no'),(5,4,'family','2023-02-01',NULL,90,'yes'),
(6,6,'basic','2023-06-21','2023-12-31',0,'no'),(7,6,'plus','2024-01-01',NULL,54,'yes'),(8,8,'family','2024-02-01','2025-01-31',96,'no'),(9,5,'basic','2023-03-05',NULL,0,'no'),(10,9,'basic','2024-02-15',NULL,0,'yes');
