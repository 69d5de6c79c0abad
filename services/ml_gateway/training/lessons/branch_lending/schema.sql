CREATE TABLE Branch (
  BranchCode TEXT PRIMARY KEY,
  BranchName TEXT,
  Town TEXT,
  OpenedOn DATE
);
CREATE TABLE LoanOfficer (
  OfficerNo INTEGER PRIMARY KEY,
  FirstName TEXT,
  LastName TEXT,
  BranchCode TEXT,
  SupervisorNo INTEGER,
  HireDate DATE,
  MonthlySalary DECIMAL(8,2),
  FOREIGN KEY (BranchCode) REFERENCES Branch(BranchCode),
  FOREIGN KEY (SupervisorNo) REFERENCES LoanOfficer(OfficerNo)
);
CREATE TABLE Borrower (
  BorrowerNo INTEGER PRIMARY KEY,
  FirstName TEXT,
  LastName TEXT,
  DateOfBirth DATE,
  Gender TEXT,
  Town TEXT,
  Occupation TEXT,
  YearlyIncome DECIMAL(10,2)
);
CREATE TABLE Account (
  AccountNo TEXT PRIMARY KEY,
  BorrowerNo INTEGER,
  BranchCode TEXT,
  AccountType TEXT,
  Balance DECIMAL(12,2),
  OpenDate DATE,
  CloseDate DATE,
  FOREIGN KEY (BorrowerNo) REFERENCES Borrower(BorrowerNo),
  FOREIGN KEY (BranchCode) REFERENCES Branch(BranchCode)
);
CREATE TABLE Loan (
  LoanNo INTEGER PRIMARY KEY,
  BorrowerNo INTEGER,
  OfficerNo INTEGER,
  BranchCode TEXT,
  Purpose TEXT,
  Amount DECIMAL(12,2),
  InterestRate REAL,
  TermMonths INTEGER,
  GrantedOn DATE,
  DueOn DATE,
  Status TEXT,
  FOREIGN KEY (BorrowerNo) REFERENCES Borrower(BorrowerNo),
  FOREIGN KEY (OfficerNo) REFERENCES LoanOfficer(OfficerNo),
  FOREIGN KEY (BranchCode) REFERENCES Branch(BranchCode)
);
CREATE TABLE LoanPayment (
  PaymentNo INTEGER PRIMARY KEY,
  LoanNo INTEGER,
  PaidOn DATE,
  Amount DECIMAL(10,2),
  Method TEXT,
  IsLate INTEGER,
  FOREIGN KEY (LoanNo) REFERENCES Loan(LoanNo)
);
CREATE TABLE Collateral (
  CollateralNo INTEGER PRIMARY KEY,
  LoanNo INTEGER,
  Kind TEXT,
  Description TEXT,
  AppraisedValue DECIMAL(12,2),
  AppraisedOn DATE,
  FOREIGN KEY (LoanNo) REFERENCES Loan(LoanNo)
);
INSERT INTO Branch VALUES
('HAR','Harbour Street','Oldport','1978-04-01'),
('MIL','Mill Lane','Greywick','1991-09-16'),
('STA','Station Square','Oldport','2003-02-10'),
('UNI','University Park','Tarnley','2012-10-01'),
('AIR','Airfield','Greywick','2019-06-03'),
('LAK','Lakeside','Semmer','2024-01-08');
INSERT INTO LoanOfficer VALUES
(11,'Ruth','Ackerman','HAR',NULL,'2005-03-01',6200),
(12,'Pavel','Horak','HAR',11,'2012-08-15',4700),
(13,'Imani','Okoro','MIL',11,'2015-01-12',4950),
(14,'George','Stamp','MIL',13,'2020-06-01',3800),
(15,'Ruth','Velasco','STA',11,'2017-11-20',4550),
(16,'Denny','Marsh','UNI',15,'2021-02-08',3650),
(17,'Lotte','Brink','UNI',15,'2022-09-05',3500),
(18,'Samuel','Horak','AIR',13,'2023-04-17',3400);
INSERT INTO Borrower VALUES
(501,'Clara','Whitlock','1980-05-14','F','Oldport','baker',41000),
(502,'Hugo','Pintar','1972-11-03','M','Oldport','fisherman',36500),
(503,'Nadia','Sorensen','1991-02-27','F','Greywick','nurse',48200),
(504,'Tom','Adeyemi','1985-08-19','M','Tarnley','teacher',52750),
(505,'Greta','Whitlock','1998-12-30','F','Tarnley','student',9600),
(506,'Ivan','Bartos','1966-07-07','M','Greywick','farmer',61300),
(507,'Selma','Quint','1977-03-22','F','Semmer','dentist',118000),
(508,'Leo','Marchetti','1993-10-11','M','Oldport','carpenter',44100),
(509,'Rosa','Lindqvist','1959-01-05','F','Semmer','retired',NULL),
(510,'Kofi','Mensa','1989-06-16','M','Greywick','nurse',47900),
(511,'Edith','Palmer','2001-09-09','F','Tarnley','student',NULL),
(512,'Hugo','Castell','1983-04-25','M','Kirkby','baker',39900);
INSERT INTO Account VALUES
('A-1001',501,'HAR','current',2310.50,'2010-03-12',NULL),
('A-1002',501,'HAR','savings',15800,'2014-07-01',NULL),
('A-1003',502,'STA','current',-420.75,'2006-05-20',NULL),
('A-1004',503,'MIL','current',3120,'2016-02-11',NULL),
('A-1005',504,'UNI','current',5480.20,'2013-10-15',NULL),
('A-1006',504,'UNI','savings',22040,'2018-01-09',NULL),
('A-1007',505,'UNI','student',310.40,'2019-09-02',NULL),
('A-1008',506,'AIR','current',9120.90,'2020-03-30',NULL),
('A-1009',506,'MIL','savings',0,'1999-11-23','2020-03-31'),
('A-1010',507,'HAR','current',31250,'2008-08-08',NULL),
('A-1011',507,'STA','deposit',80000,'2023-01-16',NULL),
('A-1012',508,'STA','current',-95.10,'2017-06-28',NULL),
('A-1013',509,'HAR','savings',47300,'1988-02-02',NULL),
('A-1014',510,'AIR','current',1880.60,'2021-12-13',NULL),
('A-1015',511,'UNI','student',0,'2020-09-14','2023-07-31'),
('A-1016',511,'UNI','current',640,'2023-08-01',NULL);
INSERT INTO Loan VALUES
(9001,501,11,'HAR','business',60000,4.9,84,'2022-02-10','2029-02-10','active'),
(9002,502,15,'STA','boat',28000,6.5,60,'2022-05-23','2027-05-23','defaulted'),
(9003,503,13,'MIL','car',14500,5.8,48,'2022-09-01','2026-09-01','active'),
(9004,504,16,'UNI','house',210000,3.4,300,'2022-11-15','2047-11-15','active'),
(9005,505,17,'UNI','studies',8000,2.5,60,'2023-01-09','2028-01-09','active'),
(9006,506,13,'MIL','tractor',52000,5.1,72,'2023-03-14','2029-03-14','active'),
(9007,506,18,'AIR','business',30000,5.6,36,'2023-07-20','2026-07-20','active'),
(9008,507,12,'HAR','house',385000,3.1,240,'2023-04-27','2043-04-27','active'),
(9009,508,15,'STA','car',9800,7.2,36,'2022-03-18','2025-03-18','repaid'),
(9010,508,15,'STA','business',18500,6.9,48,'2024-02-06','2028-02-06','active'),
(9011,510,18,'AIR','car',17200,6.1,60,'2023-10-30','2028-10-30','defaulted'),
(9012,503,14,'MIL','furniture',3200,8.4,24,'2023-12-11','2025-12-11','active'),
(9013,501,11,'HAR','car',12400,5.9,48,'2024-04-15','2028-04-15','active'),
(9014,504,17,'UNI','studies',5600,2.9,36,'2024-06-03','2027-06-03','frozen'),
(9015,507,12,'HAR','boat',74000,4.2,96,'2024-07-22','2032-07-22','active'),
(9016,502,15,'HAR','furniture',2100,9.1,12,'2022-06-07','2023-06-07','repaid');
INSERT INTO LoanPayment VALUES
(1,9001,'2022-03-10',848,'transfer',0),(2,9001,'2022-04-10',848,'transfer',0),(3,9001,'2023-01-17',848,'cash',1),
(4,9002,'2022-07-05',548,'cash',1),(5,9002,'2022-08-23',548,'cash',1),
(6,9003,'2022-10-01',340,'debit',0),(7,9003,'2023-02-01',340,'debit',0),(8,9003,'2023-09-14',340,'transfer',1),
(9,9004,'2022-12-15',1040,'debit',0),(10,9004,'2023-05-15',1040,'debit',0),(11,9004,'2024-03-15',1040,'debit',0),(12,9004,'2024-04-15',1500,'transfer',0),
(13,9005,'2023-02-20',142,'cash',1),(14,9006,'2023-04-14',840,'debit',0),(15,9006,'2024-01-14',840,'debit',0),
(16,9007,'2023-09-02',907,'cash',1),(17,9008,'2023-05-27',2154,'transfer',0),(18,9008,'2024-05-27',2154,'transfer',0),
(19,9009,'2022-04-18',303,'cash',0),(20,9009,'2024-11-18',6000,'transfer',0),(21,9011,'2023-12-15',334,'cash',1),
(22,9013,'2024-05-15',291,'debit',0),(23,9016,'2023-05-30',2190,'cash',0),(24,9010,'2024-03-06',443,'cash',0);
INSERT INTO Collateral VALUES
(701,9001,'equipment','two deck ovens',18500,'2022-01-28'),
(702,9001,'property','shop floor in Harbour Street',55000,'2022-02-01'),
(703,9002,'boat','cutter Maribel',24000,'2022-05-10'),
(704,9003,'vehicle','grey estate car',13900,'2022-08-29'),
(705,9004,'property','terraced house, Elm Row 4',245000,'2022-10-30'),
(706,9006,'vehicle','tractor, 120 hp',49500,'2023-03-09'),
(707,9006,'property','field of six acres',38000,'2023-03-02'),
(708,9008,'property','lakeside villa',460000,'2023-04-02'),
(709,9011,'vehicle','red hatchback',15100,'2023-10-25'),
(710,9015,'boat','sloop Tern',81000,'2024-07-15'),
(711,9013,'vehicle','delivery van',NULL,NULL);
