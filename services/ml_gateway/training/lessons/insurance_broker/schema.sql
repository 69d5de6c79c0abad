CREATE TABLE Agents (
  AgentCode TEXT PRIMARY KEY,
  AgentName TEXT,
  Office TEXT,
  CommissionPct REAL,
  StartYear TEXT,
  Supervisor TEXT REFERENCES Agents(AgentCode)
);
CREATE TABLE Customers (
  CustomerNo INTEGER PRIMARY KEY,
  GivenName TEXT,
  FamilyName TEXT,
  Gender TEXT, -- M / F
  BirthDate DATE,
  PostTown TEXT,
  Occupation TEXT,
  ReferredBy INTEGER REFERENCES Customers(CustomerNo)
);
CREATE TABLE Insurers (
  InsurerID INTEGER PRIMARY KEY,
  InsurerName TEXT,
  HomeCountry TEXT,
  CreditGrade TEXT
);
CREATE TABLE Policies (
  PolicyNo TEXT PRIMARY KEY,
  CustomerNo INTEGER,
  AgentCode TEXT,
  InsurerID INTEGER,
  Line TEXT, -- motor, home, life, travel, liability
  StartDate DATE,
  EndDate DATE,
  AnnualPremium DECIMAL(9,2),
  SumInsured INTEGER,
  Status TEXT, -- A active, L lapsed, C cancelled
  FOREIGN KEY (CustomerNo) REFERENCES Customers(CustomerNo),
  FOREIGN KEY (AgentCode) REFERENCES Agents(AgentCode),
  FOREIGN KEY (InsurerID) REFERENCES Insurers(InsurerID)
);
CREATE TABLE Claims (
  ClaimID INTEGER PRIMARY KEY,
  PolicyNo TEXT,
  LossDate DATE,
  ReportedDate DATE,
  SettledDate DATE,
  Cause TEXT,
  AmountClaimed DECIMAL(10,2),
  AmountPaid DECIMAL(10,2),
  FOREIGN KEY (PolicyNo) REFERENCES Policies(PolicyNo)
);
CREATE TABLE Payments (
  PaymentID INTEGER PRIMARY KEY,
  PolicyNo TEXT,
  PaidOn DATE,
  Amount DECIMAL(9,2),
  Method TEXT,
  FOREIGN KEY (PolicyNo) REFERENCES Policies(PolicyNo)
);
INSERT INTO Agents VALUES
('A01','Rebecca Stone','Linton',12.5,'2009',NULL),('A02','Marcus Dell','Linton',10.0,'2015','A01'),('A03','Irene Papas','Corvale',11.0,'2012',NULL),
('A04','Yusuf Demir','Corvale',9.0,'2019','A03'),('A05','Nadia Frost','Corvale',8.5,'2021','A03'),('A06','Paul Greer','Westbay',9.5,'2018','A01'),('A07','Kit Lowry','Westbay',7.0,'2024','A06'),('A08','Marcus Webb','Linton',6.5,'2024','A02');
INSERT INTO Customers VALUES
(701,'Alice','Morgan','F','1982-03-14','Linton','nurse',NULL),(702,'Benedict','Shaw','M','1969-07-30','Linton','plumber',701),(703,'Carla','Morgan','F','1991-11-02','Corvale','architect',701),
(704,'Derek','Osei','M','1957-01-19','Westbay','retired',NULL),(705,'Elena','Novak','F','1976-05-25','Corvale','teacher',704),(706,'Felix','Brandt','M','1999-09-09','Linton','student',702),
(707,'Gita','Rao','F','1988-12-12','Westbay','architect',NULL),(708,'Hugo','Lacroix','M','1994-02-27','Eastwick',NULL,701),(709,'Iris','Tan','F','1963-08-05','Eastwick','retired',705),
(710,'Jack','Shaw','M','1972-10-21','Corvale','farmer',NULL),(711,'Karen','Osei','F','1985-04-16','Westbay','nurse',704),(712,'Alice','Weber','F','2001-06-18','Linton','student',NULL);
INSERT INTO Insurers VALUES
(1,'Alder Mutual','Ireland','A'),(2,'Continental Shield','Switzerland','AA'),(3,'Harrow Life','England','A'),(4,'Nordsjo','Sweden','AA'),(5,'Pacific Guard','Japan','BBB'),(6,'Corvale Assurance','Ireland','B'),
(7,'Baltic Re','Sweden','AA'),(8,'Fairmile','England','BBB');
INSERT INTO Policies VALUES
('P-1001',701,'A01',1,'motor','2022-01-15','2023-01-14',420.00,25000,'L'),('P-1002',701,'A01',2,'home','2022-03-01','2025-02-28',310.00,380000,'A'),('P-1003',702,'A02',1,'motor','2022-06-10','2024-06-09',515.50,18000,'A'),
('P-1004',702,'A02',4,'liability','2022-06-10','2024-06-09',890.00,1000000,'A'),('P-1005',703,'A03',3,'life','2022-09-01','2042-08-31',640.00,250000,'A'),('P-1006',704,'A06',2,'home','2021-11-20','2023-11-19',275.00,210000,'L'),
('P-1007',705,'A04',1,'motor','2023-02-02','2024-02-01',398.00,16000,'C'),('P-1008',705,'A03',3,'life','2023-02-02','2033-02-01',720.00,150000,'A'),('P-1009',706,'A02',5,'travel','2023-07-01','2023-09-30',65.00,20000,'L'),
('P-1010',707,'A06',4,'liability','2023-05-05','2026-05-04',1240.00,2000000,'A'),('P-1011',707,'A06',2,'home','2023-05-05','2026-05-04',365.00,450000,'A'),('P-1012',708,'A01',1,'motor','2023-10-10','2024-10-09',702.00,31000,'A'),
('P-1013',709,'A05',5,'travel','2024-01-10','2024-02-10',120.00,20000,'L'),('P-1014',710,'A04',4,'liability','2024-02-01','2027-01-31',960.00,1500000,'A'),('P-1015',710,'A04',2,'home','2024-02-01','2027-01-31',540.00,620000,'A'),
('P-1016',701,'A01',4,'motor','2023-01-15','2025-01-14',455.00,25000,'A'),('P-1017',711,'A06',1,'motor','2024-03-20','2025-03-19',333.00,12000,'C'),('P-1018',703,'A03',5,'travel','2024-05-01','2024-05-31',88.00,30000,'A');
INSERT INTO Claims VALUES
(1,'P-1001','2022-05-06','2022-05-08','2022-07-01','collision',3200.00,2900.00),(2,'P-1003','2022-12-19','2022-12-19','2023-02-10','theft',9500.00,9000.00),(3,'P-1006','2023-02-24','2023-03-20','2023-06-05','water',14200.00,11800.00),
(4,'P-1002','2023-08-14','2023-08-16','2023-10-02','storm',5600.00,5600.00),(5,'P-1009','2023-07-22','2023-08-01',NULL,'illness',1800.00,NULL),(6,'P-1012','2023-12-30','2024-01-02','2024-03-15','collision',7400.00,6650.00),
(7,'P-1004','2023-09-11','2023-10-30',NULL,'injury',42000.00,NULL),(8,'P-1016','2024-01-20','2024-01-21','2024-02-28','collision',2100.00,0.00),(9,'P-1011','2024-02-03','2024-02-05','2024-05-07','water',8800.00,8300.00),
(10,'P-1013','2024-01-28','2024-02-12','2024-03-01','lost luggage',950.00,700.00),(11,'P-1003','2024-03-08','2024-03-09',NULL,'collision',4100.00,NULL),(12,'P-1015','2024-04-17','2024-04-18',NULL,'storm',21500.00,NULL);
INSERT INTO Payments VALUES
(1,'P-1001','2022-01-15',420.00,'transfer'),(2,'P-1002','2022-03-03',310.00,'direct debit'),(3,'P-1002','2023-03-02',310.00,'direct debit'),(4,'P-1002','2024-03-01',310.00,'direct debit'),
(5,'P-1003','2022-06-14',515.50,'card'),(6,'P-1003','2023-06-12',515.50,'card'),(7,'P-1004','2022-06-14',890.00,'transfer'),(8,'P-1005','2022-09-01',640.00,'direct debit'),(9,'P-1005','2023-09-01',640.00,'direct debit'),
(10,'P-1006','2021-11-25',275.00,'cheque'),(11,'P-1008','2023-02-02',720.00,'direct debit'),(12,'P-1010','2023-05-20',1240.00,'transfer'),(13,'P-1011','2023-05-20',365.00,'transfer'),(14,'P-1012','2023-10-10',351.00,'card'),
(15,'P-1012','2024-04-10',351.00,'card'),(16,'P-1014','2024-02-05',960.00,'transfer'),(17,'P-1015','2024-02-05',540.00,'transfer'),(18,'P-1016','2023-01-16',455.00,'transfer'),(19,'P-1009','2023-06-28',65.00,'card');
