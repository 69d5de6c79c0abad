CREATE TABLE Candidate (
  CandidateID INTEGER PRIMARY KEY,
  FirstName TEXT,
  LastName TEXT,
  Gender TEXT,
  BirthDate DATE,
  HomeTown TEXT,
  Email TEXT,
  MinHourlyRate DECIMAL(6,2),
  RegisteredOn DATE
);
CREATE TABLE Client (
  ClientID INTEGER PRIMARY KEY,
  ClientName TEXT,
  Sector TEXT,
  Town TEXT,
  ParentClientID INTEGER REFERENCES Client(ClientID)
);
CREATE TABLE Recruiter (
  RecruiterID INTEGER PRIMARY KEY,
  FullName TEXT,
  Office TEXT,
  HireDate DATE
);
CREATE TABLE Skill (
  SkillID INTEGER PRIMARY KEY,
  SkillName TEXT,
  SkillGroup TEXT
);
CREATE TABLE CandidateSkill (
  CandidateID INTEGER REFERENCES Candidate(CandidateID),
  SkillID INTEGER REFERENCES Skill(SkillID),
  YearsExperience INTEGER,
  PRIMARY KEY (CandidateID, SkillID)
);
CREATE TABLE Placement (
  PlacementID INTEGER PRIMARY KEY,
  CandidateID INTEGER REFERENCES Candidate(CandidateID),
  ClientID INTEGER REFERENCES Client(ClientID),
  RecruiterID INTEGER REFERENCES Recruiter(RecruiterID),
  JobTitle TEXT,
  StartDate DATE,
  EndDate DATE,
  PayRate DECIMAL(6,2),
  BillRate DECIMAL(6,2),
  ContractType TEXT
);
CREATE TABLE Timesheet (
  TimesheetID INTEGER PRIMARY KEY,
  PlacementID INTEGER REFERENCES Placement(PlacementID),
  WeekEnding DATE,
  HoursWorked REAL,
  OvertimeHours REAL,
  Approved TEXT
);
INSERT INTO Candidate VALUES
(1,'Nadia','Okafor','F','1990-02-11','Leeds','nadia.o@mailbox.uk',18.50,'2021-05-03'),
(2,'Tom','Hurst','M','1985-07-30','York','thurst@posted.uk',22.00,'2021-08-19'),
(3,'Priya','Dhillon','F','1997-11-05','Leeds','priya.d@mailbox.uk',16.00,'2022-01-12'),
(4,'Owen','Marsh','M','1979-04-22','Hull',NULL,14.00,'2022-02-28'),
(5,'Greta','Lindqvist','F','1993-09-17','Sheffield','greta@inboxly.uk',25.00,'2022-06-07'),
(6,'Samir','Haddad','M','1988-12-01','Leeds','samir.h@posted.uk',30.00,'2022-09-15'),
(7,'Ruth','Pemberton','F','1969-03-08','York','ruthp@mailbox.uk',13.50,'2023-01-23'),
(8,'Tom','Adeyemi','M','2000-06-14','Bradford','tom.a@inboxly.uk',12.75,'2023-03-10'),
(9,'Carla','Nunes','F','1995-10-26','Hull','carla.n@posted.uk',19.00,'2023-07-04'),
(10,'Declan','Hurst','M','1991-01-19','Bradford',NULL,17.25,'2023-10-30'),
(11,'Yuki','Tanabe','F','1999-08-09','Sheffield','yuki.t@mailbox.uk',21.00,'2024-01-16'),
(12,'Boris','Kolar','M','1982-05-27','Whitby','bkolar@inboxly.uk',NULL,'2024-03-21');
INSERT INTO Client VALUES
(1,'Aire Holdings','Finance','Leeds',NULL),
(2,'Aire Insurance','Finance','Leeds',1),
(3,'Aire Pensions','Finance','York',1),
(4,'Humber Freight','Logistics','Hull',NULL),
(5,'Humber Cold Store','Logistics','Hull',4),
(6,'Steel City Care','Health','Sheffield',NULL),
(7,'Minster Bakery','Food','York',NULL),
(8,'Calder Textiles','Manufacturing','Bradford',NULL),
(9,'Roseway Clinic','Health','Leeds',NULL),
(10,'Wold Quarry','Mining','Driffield',NULL);
INSERT INTO Recruiter VALUES
(1,'Jean Fairley','Leeds','2018-04-16'),
(2,'Mark Osei','Leeds','2020-09-07'),
(3,'Lucy Trent','Sheffield','2019-02-25'),
(4,'Ivan Petrov','Hull','2022-11-14'),
(5,'Dana Whitlock','York','2023-12-01'),
(6,'Phil Garner','Sheffield','2017-06-05'),
(7,'Amara Diallo','Leeds','2023-03-20'),
(8,'Sean Brophy','York','2021-10-11');
INSERT INTO Skill VALUES
(1,'Bookkeeping','Office'),
(2,'Payroll','Office'),
(3,'Forklift','Warehouse'),
(4,'Stock Control','Warehouse'),
(5,'First Aid','Care'),
(6,'Medication Handling','Care'),
(7,'Python','IT'),
(8,'Network Support','IT'),
(9,'Welding','Trade');
INSERT INTO CandidateSkill VALUES
(1,1,6),(1,2,4),(2,3,9),(2,4,11),(3,5,2),(3,6,2),(4,3,15),(4,4,3),(5,7,7),(5,8,3),
(6,7,10),(6,1,1),(7,2,20),(7,1,25),(8,3,1),(9,5,5),(9,6,4),(10,4,2),(10,5,1),(11,8,NULL);
INSERT INTO Placement VALUES
(101,1,1,1,'Accounts Assistant','2021-06-01','2022-05-31',19.00,26.50,'temp'),
(102,1,2,1,'Payroll Officer','2022-07-04',NULL,21.50,30.00,'temp'),
(103,2,4,4,'Warehouse Lead','2022-12-05','2023-06-30',22.50,29.00,'temp'),
(104,2,5,4,'Stock Controller','2023-07-10','2024-01-12',23.00,31.00,'contract'),
(105,3,6,3,'Care Assistant','2022-02-14','2022-11-30',16.50,22.00,'temp'),
(106,3,9,2,'Care Assistant','2023-01-09',NULL,17.75,24.25,'temp'),
(107,4,4,4,'Forklift Driver','2023-02-06','2023-04-28',14.50,19.50,'temp'),
(108,5,1,2,'Data Analyst','2022-08-01','2023-07-31',27.00,41.00,'contract'),
(109,6,2,2,'Software Developer','2022-10-17','2023-10-13',34.00,52.00,'contract'),
(110,6,1,1,'Software Developer','2023-11-06',NULL,36.50,55.00,'contract'),
(111,7,7,1,'Payroll Officer','2023-02-20','2023-12-22',15.00,21.00,'temp'),
(112,8,5,3,'Warehouse Operative','2023-05-15','2023-09-01',12.50,17.00,'temp'),
(113,9,6,6,'Senior Carer','2023-08-14',NULL,20.00,28.00,'permanent'),
(114,5,3,7,'IT Consultant','2024-01-08','2024-04-26',29.50,46.00,'contract'),
(115,10,4,4,'Stock Controller','2024-02-05',NULL,17.50,23.50,'temp'),
(116,7,2,1,'Bookkeeper','2024-03-04',NULL,16.25,23.00,'permanent');
INSERT INTO Timesheet VALUES
(1,102,'2023-11-05',37.5,0,'Y'),
(2,102,'2023-11-12',40,2.5,'Y'),
(3,102,'2024-02-04',35,0,'Y'),
(4,103,'2023-01-15',42,6,'Y'),
(5,103,'2023-01-22',38,1,'Y'),
(6,104,'2023-08-06',39,0,'Y'),
(7,106,'2023-03-12',30,0,'Y'),
(8,106,'2024-03-10',33.5,4,'N'),
(9,107,'2023-02-19',40,8,'Y'),
(10,108,'2022-09-04',37.5,0,'Y'),
(11,109,'2022-11-06',45,5,'Y'),
(12,109,'2023-05-14',41,3.5,'Y'),
(13,110,'2024-01-14',40,0,'Y'),
(14,110,'2024-01-21',44,4.5,'N'),
(15,111,'2023-06-18',22,0,'Y'),
(16,112,'2023-06-11',48,9,'Y'),
(17,113,'2024-02-18',36,NULL,'N'),
(18,114,'2024-02-25',38.5,1.5,'Y'),
(19,115,'2024-03-17',40,0,'N'),
(20,116,'2024-03-24',20,0,'N');
