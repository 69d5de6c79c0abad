CREATE TABLE Choirs (
  ChoirID INTEGER PRIMARY KEY,
  ChoirName TEXT,
  Town TEXT,
  FoundedYear TEXT,
  ConductorID INTEGER,
  AnnualFee REAL,
  FOREIGN KEY (ConductorID) REFERENCES Conductors(ConductorID)
);
CREATE TABLE Conductors (
  ConductorID INTEGER PRIMARY KEY,
  GivenName TEXT,
  FamilyName TEXT,
  Born DATE,
  Diploma TEXT
);
CREATE TABLE Members (
  MemberID INTEGER PRIMARY KEY,
  GivenName TEXT,
  FamilyName TEXT,
  Sex TEXT,
  Born DATE,
  Village TEXT,
  Email TEXT
);
CREATE TABLE Memberships (
  ChoirID INTEGER,
  MemberID INTEGER,
  VoicePart TEXT,
  EntryDate DATE,
  ExitDate DATE,
  IsBoard INTEGER,
  PRIMARY KEY (ChoirID, MemberID),
  FOREIGN KEY (ChoirID) REFERENCES Choirs(ChoirID),
  FOREIGN KEY (MemberID) REFERENCES Members(MemberID)
);
CREATE TABLE Rehearsals (
  RehearsalID INTEGER PRIMARY KEY,
  ChoirID INTEGER,
  HeldOn DATE,
  Place TEXT,
  Minutes INTEGER,
  FOREIGN KEY (ChoirID) REFERENCES Choirs(ChoirID)
);
CREATE TABLE Attendance (
  RehearsalID INTEGER,
  MemberID INTEGER,
  Status TEXT,
  PRIMARY KEY (RehearsalID, MemberID),
  FOREIGN KEY (RehearsalID) REFERENCES Rehearsals(RehearsalID),
  FOREIGN KEY (MemberID) REFERENCES Members(MemberID)
);
CREATE TABLE Pieces (
  PieceID INTEGER PRIMARY KEY,
  Title TEXT,
  Composer TEXT,
  ComposedYear TEXT,
  Parts TEXT,
  LengthMin REAL,
  SungIn TEXT
);
CREATE TABLE Performances (
  PerformanceID INTEGER PRIMARY KEY,
  ChoirID INTEGER,
  GuestChoirID INTEGER,
  Motto TEXT,
  Venue TEXT,
  PerformedOn DATE,
  Audience INTEGER,
  TicketPrice REAL,
  FOREIGN KEY (ChoirID) REFERENCES Choirs(ChoirID),
  FOREIGN KEY (GuestChoirID) REFERENCES Choirs(ChoirID)
);
CREATE TABLE Programme (
  PerformanceID INTEGER,
  Position INTEGER,
  PieceID INTEGER,
  SoloistID INTEGER,
  PRIMARY KEY (PerformanceID, Position),
  FOREIGN KEY (PerformanceID) REFERENCES Performances(PerformanceID),
  FOREIGN KEY (PieceID) REFERENCES Pieces(PieceID),
  FOREIGN KEY (SoloistID) REFERENCES Members(MemberID)
);
INSERT INTO Conductors VALUES
(1,'Agnes','Tollmann','1968-02-09','church music'),(2,'Piotr','Wendel','1979-10-28','choral conducting'),
(3,'Mairi','Lennox','1990-05-17',NULL),(4,'Theo','Abendrot','1955-12-01','school music'),(5,'Salome','Wendel','1986-07-07','choral conducting');
INSERT INTO Choirs VALUES
(1,'Cantabile Brookfield','Brookfield','1952',1,120),(2,'Men of the Mill','Oakmere','1898',4,80),
(3,'Larks','Brookfield','2011',3,60),(4,'St Ann Chamber Choir','Hallow','1987',2,200),
(5,'The Off Notes','Oakmere','2019',3,45),(6,'Sunrise Gospel','Port Ellis','2005',NULL,95),(7,'Silver Voices','Hallow','2023',1,30);
INSERT INTO Members VALUES
(1,'Anna','Birk','F','1984-03-12','Brookfield','anna@sing.example'),(2,'Jon','Birk','M','1982-08-01','Brookfield','jon@sing.example'),
(3,'Mette','Frost','F','1995-11-23','Hallow',NULL),(4,'Paul','Oster','M','1961-04-30','Oakmere',NULL),
(5,'Rita','Samso','F','1972-01-19','Oakmere','rita@sing.example'),(6,'Erik','Vale','M','2001-06-06','Brookfield','erik@sing.example'),
(7,'Nora','Quill','F','2008-09-14','Brookfield',NULL),(8,'Lea','Frost','F','1999-02-02','Hallow','lea@sing.example'),
(9,'Karl','Ober','M','1948-10-10','Oakmere',NULL),(10,'Bea','Thorn','F','1990-12-12','Port Ellis','bea@sing.example'),
(11,'Sven','Ruud','M','1977-07-27','Port Ellis','sven@sing.example'),(12,'Ida','Marsh','F','2010-05-05','Hallow',NULL),
(13,'Otto','Kant','M','1939-03-03','Hallow',NULL),(14,'Anna','Lund','F','1966-06-16','Hallow','lund@sing.example'),(15,'Finn','Drey','M','1993-04-08','Windle','finn@sing.example');
INSERT INTO Memberships VALUES
(1,1,'soprano','2010-09-01',NULL,1),(1,2,'tenor','2010-09-01',NULL,0),(1,3,'alto','2019-01-15',NULL,0),(1,6,'bass','2021-10-01','2023-06-30',0),(1,5,'alto','2008-02-01',NULL,1),
(2,4,'bass','1990-05-05',NULL,1),(2,9,'bass','1975-01-01',NULL,1),(2,2,'tenor','2022-03-01',NULL,0),
(3,7,'soprano','2018-08-20',NULL,0),(3,12,'soprano','2020-08-24','2024-06-15',0),
(4,3,'alto','2020-09-10',NULL,0),(4,8,'soprano','2021-09-09',NULL,0),(4,6,'bass','2023-07-01',NULL,0),(4,2,'tenor','2018-09-01','2022-02-28',0),(4,14,'alto','2001-04-01',NULL,1),
(5,10,'alto','2019-11-11',NULL,1),(5,6,'bass','2022-05-02',NULL,0),(5,8,'soprano','2023-01-20',NULL,0),
(6,10,'alto','2015-03-03',NULL,0),(6,11,'tenor','2016-06-01',NULL,1),(1,14,'alto','1995-01-01','2000-12-31',0),(6,1,'soprano','2023-02-14',NULL,0);
INSERT INTO Rehearsals VALUES
(1,1,'2023-01-10','Parish Hall',120),(2,1,'2023-05-16','Parish Hall',135),(3,2,'2023-02-07','Mill Loft',90),(4,4,'2023-03-23','St Ann',150),
(5,4,'2023-11-30','St Ann',180),(6,5,'2023-09-04','Mill Loft',75),(7,3,'2023-10-13','School',60),(8,6,'2024-01-21','Harbour Church',110),
(9,1,'2024-02-06','School',125),(10,5,'2024-03-11','Pub cellar',80),(11,1,'2024-05-14','Parish Hall',140),(12,6,'2024-06-02','Harbour Church',100);
INSERT INTO Attendance VALUES
(1,1,'present'),(1,2,'present'),(1,3,'excused'),(1,6,'absent'),(1,5,'present'),(2,1,'present'),(2,2,'excused'),(2,3,'present'),(2,5,'present'),
(3,4,'present'),(3,9,'present'),(3,2,'absent'),(4,3,'present'),(4,8,'present'),(4,14,'present'),(5,3,'excused'),(5,8,'present'),(5,6,'present'),(5,14,'present'),
(6,10,'present'),(6,6,'present'),(7,7,'present'),(7,12,'absent'),(8,10,'absent'),(8,11,'present'),(8,1,'present');
INSERT INTO Pieces VALUES
(1,'Evening at the Weir','E. Hallstrom','1912','SATB',4.5,'English'),(2,'Ave Stella','G. Morandi','1604','SSATB',6,'Latin'),
(3,'Drei Herbstlieder','K. Vossler','1887','SATB',11.5,'German'),(4,'The Miller''s Boast','Trad.',NULL,'TTBB',3,'English'),
(5,'Missa brevis in F','G. Morandi','1611','SATB',19,'Latin'),(6,'Rise, River, Rise','D. Okafor','1998','SATB',5,'English'),
(7,'Kleine Schwalbe','K. Vossler','1891','SSA',2.5,'German'),(8,'Tin Can Boogie','M. Lennox','2020','SAB',3.5,'English'),
(9,'Vinterljus','E. Hallstrom','1921','SSAA',5.5,'Swedish'),(10,'Lament for the Ferry','Trad.',NULL,'SATB',4,'English');
INSERT INTO Performances VALUES
(1,1,NULL,'Spring Light','Parish Hall','2022-04-30',140,8),(2,4,1,'Light and Stone','St Ann','2022-11-20',310,15),
(3,2,NULL,'125 Years of the Mill','Mill Loft','2023-06-17',95,5),(4,5,3,'Loud and Young','Pub cellar','2023-07-08',70,0),
(5,6,NULL,'Harbour Gospel','Harbour Church','2023-09-24',260,12),(6,1,2,'Brookfield meets Oakmere','Parish Hall','2023-12-10',205,10),
(7,4,NULL,'Passion Music','St Ann','2024-03-24',280,18),(8,6,1,'Rise','Harbour Church','2024-05-18',330,12),(9,5,NULL,'Cellar Session II','Pub cellar','2024-06-21',NULL,0);
INSERT INTO Programme VALUES
(1,1,1,NULL),(1,2,3,NULL),(1,3,10,1),(2,1,2,8),(2,2,5,3),(2,3,1,NULL),(3,1,4,9),(3,2,10,4),(4,1,8,NULL),(4,2,7,7),
(5,1,6,11),(5,2,10,NULL),(6,1,3,NULL),(6,2,4,2),(6,3,1,5),(7,1,5,8),(7,2,2,NULL),(8,1,6,10),(8,2,1,1),(9,1,8,10);
