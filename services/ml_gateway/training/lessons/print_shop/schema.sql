CREATE TABLE CUSTOMER (
  CustNo INTEGER PRIMARY KEY,
  CustName TEXT,
  CustType TEXT,
  City TEXT,
  DiscountPct REAL,
  Since DATE
);
CREATE TABLE OPERATOR (
  OpNo INTEGER PRIMARY KEY,
  OpName TEXT,
  Shift TEXT,
  HourlyRate DECIMAL(5,2),
  ForemanNo INTEGER REFERENCES OPERATOR(OpNo),
  Entered DATE
);
CREATE TABLE MACHINE (
  MachCode TEXT PRIMARY KEY,
  Descr TEXT,
  Process TEXT,
  YearBuilt INTEGER,
  SheetsPerHour INTEGER,
  LastService DATE,
  Status TEXT
);
CREATE TABLE PAPER (
  PaperNo INTEGER PRIMARY KEY,
  PaperName TEXT,
  Gsm INTEGER,
  Finish TEXT,
  Recycled TEXT,
  PricePerSheet REAL,
  StockSheets INTEGER,
  MinStock INTEGER
);
CREATE TABLE PRINT_JOB (
  JobNo INTEGER PRIMARY KEY,
  CustNo INTEGER REFERENCES CUSTOMER(CustNo),
  JobTitle TEXT,
  ProductKind TEXT,
  Copies INTEGER,
  OrderedOn DATE,
  PromisedOn DATE,
  DeliveredOn DATE,
  NetPrice DECIMAL(9,2),
  Urgent INTEGER
);
CREATE TABLE JOB_RUN (
  RunNo INTEGER PRIMARY KEY,
  JobNo INTEGER REFERENCES PRINT_JOB(JobNo),
  MachCode TEXT REFERENCES MACHINE(MachCode),
  OpNo INTEGER REFERENCES OPERATOR(OpNo),
  PaperNo INTEGER REFERENCES PAPER(PaperNo),
  RunDate DATE,
  GoodSheets INTEGER,
  WasteSheets INTEGER,
  Hours REAL
);
CREATE TABLE FAULT_KIND (
  FaultCode TEXT PRIMARY KEY,
  FaultName TEXT,
  Severity INTEGER
);
CREATE TABLE FAULT (
  FaultNo INTEGER PRIMARY KEY,
  RunNo INTEGER REFERENCES JOB_RUN(RunNo),
  FaultCode TEXT REFERENCES FAULT_KIND(FaultCode),
  FoundBy INTEGER REFERENCES OPERATOR(OpNo),
  FoundOn DATE,
  SheetsHit INTEGER,
  Reprint TEXT
);
INSERT INTO CUSTOMER VALUES
(1,'Bakery Rosenthal','business','Elmstead',5,'2018-03-01'),(2,'Elmstead Football Club','club','Elmstead',10,'2019-08-15'),
(3,'Dr. Fenwick Dental','business','Marlow Bay',0,'2021-01-11'),(4,'Town of Elmstead','public','Elmstead',12.5,'2015-06-30'),
(5,'Hedgerow Press','publisher','Kirby',15,'2017-02-02'),(6,'Lina Cho','private','Marlow Bay',NULL,'2023-05-20'),
(7,'Harbour Theatre','club','Marlow Bay',10,'2020-10-10'),(8,'Arlo Bates','private','Kirby',NULL,'2024-01-04'),(9,'Quince & Sons','business','Thorley',2.5,'2022-09-09');
INSERT INTO OPERATOR VALUES
(1,'Magda Ruiz','day',31.5,NULL,'2006-04-01'),(2,'Ben Holloway','day',24,1,'2014-09-01'),(3,'Chidi Nwosu','night',26.5,1,'2016-01-18'),
(4,'Sara Lindt','day',22,2,'2021-08-02'),(5,'Owen Pike','night',23.2,3,'2022-03-14'),(6,'Yara Haddad','night',21,3,'2024-02-01'),(7,'Tess Miller','day',19.5,3,'2024-09-01');
INSERT INTO MACHINE VALUES
('OF1','Four-colour offset press','offset',2011,12000,'2024-03-18','running'),('OF2','Two-colour offset press','offset',1998,8000,'2023-06-05','idle'),
('DG1','Digital press Lumo 7','digital',2019,4200,'2024-05-27','running'),('DG2','Digital press Lumo 9','digital',2023,5400,NULL,'running'),
('LF1','Wide format plotter','inkjet',2017,60,'2022-11-02','repair'),('LP1','Letterpress Wendelin','letterpress',1962,900,'2021-04-12','running');
INSERT INTO PAPER VALUES
(1,'Snowdrop',90,'matt','no',0.021,42000,10000),(2,'Snowdrop',170,'matt','no',0.044,8500,10000),(3,'Mirror Lake',135,'gloss','no',0.039,30500,8000),
(4,'Oat Field',100,'natural','yes',0.028,26000,5000),(5,'Oat Field',300,'natural','yes',0.095,1900,2500),(6,'Cotton Rag',350,'natural','no',0.61,400,300),
(7,'Banner Skin',450,'gloss','no',2.4,120,50),(8,'Greyling',80,'matt','yes',0.014,0,15000);
INSERT INTO PRINT_JOB VALUES
(2201,1,'Opening flyer','flyer',5000,'2022-02-03','2022-02-10','2022-02-09',310,0),
(2202,4,'Town gazette March','magazine',9000,'2022-02-21','2022-03-04','2022-03-07',4150,0),
(2203,5,'Poems of the Fen','book',800,'2022-05-02','2022-06-15','2022-06-10',3890,0),
(2204,2,'Season tickets','ticket',1200,'2022-07-11','2022-07-18','2022-07-18',265,1),
(2301,7,'Winter season poster','poster',350,'2022-12-28','2023-01-09','2023-01-13',540,0),
(2302,3,'Appointment cards','card',4000,'2023-02-14','2023-02-24','2023-02-23',220,0),
(2303,4,'Election notice','flyer',14000,'2023-03-30','2023-04-05','2023-04-04',1180,1),
(2304,6,'Wedding invitations','card',120,'2023-05-22','2023-06-12','2023-06-12',395,0),
(2305,5,'Night Orchard','book',1500,'2023-08-17','2023-10-02','2023-10-11',7240,0),
(2306,1,'Christmas bags label','label',10000,'2023-10-30','2023-11-20','2023-11-16',610,0),
(2401,7,'Spring programme','magazine',900,'2024-01-22','2024-02-05','2024-02-05',980,0),
(2402,8,'Moving party banner','banner',2,'2024-02-01','2024-02-06','2024-02-08',140,1),
(2403,2,'Derby poster','poster',200,'2024-03-11','2024-03-15','2024-03-14',330,1),
(2404,4,'Town gazette June','magazine',9200,'2024-05-20','2024-06-03','2024-06-03',4300,0),
(2405,5,'Poems of the Fen','book',600,'2024-06-10','2024-07-19',NULL,3150,0),
(2406,6,'Thank-you cards','card',150,'2024-06-25','2024-07-05',NULL,NULL,0);
INSERT INTO JOB_RUN VALUES
(1,2201,'DG1',2,1,'2022-02-07',5000,110,1.5),(2,2202,'OF1',1,3,'2022-03-01',36000,900,4),(3,2202,'OF1',3,3,'2022-03-02',35500,1400,4.5),
(4,2203,'OF2',2,4,'2022-05-30',20400,600,5),(5,2203,'LP1',1,6,'2022-06-02',850,60,3.5),(6,2204,'DG1',4,2,'2022-07-15',600,20,0.5),
(7,2301,'LF1',4,7,'2023-01-10',350,25,7),(8,2302,'DG1',2,5,'2023-02-20',500,15,0.5),(9,2303,'OF1',3,1,'2023-04-03',14000,350,2),
(10,2304,'LP1',1,6,'2023-06-06',130,18,2.5),(11,2305,'OF1',3,4,'2023-09-12',45000,1250,6),(12,2305,'OF1',5,4,'2023-09-13',15600,2100,4),
(13,2305,'LP1',1,6,'2023-09-28',1550,95,5.5),(14,2306,'DG2',4,1,'2023-11-13',2500,70,1),(15,2401,'DG2',5,2,'2024-01-31',10800,240,3),
(16,2402,'LF1',4,7,'2024-02-07',2,1,0.5),(17,2403,'DG2',6,3,'2024-03-13',200,NULL,0.25),(18,2404,'OF1',3,3,'2024-05-29',36800,700,4),
(19,2404,'OF1',5,3,'2024-05-30',36800,1150,4.5),(20,2405,'OF2',2,4,'2024-07-08',15300,410,4);
INSERT INTO FAULT_KIND VALUES
('REG','misregister',2),('SMR','ink smear',2),('COL','colour shift',3),('CRS','creased sheet',1),('CUT','wrong cut',3),('HIC','hickey',1);
INSERT INTO FAULT VALUES
(1,2,'REG',3,'2022-03-01',300,'no'),(2,3,'SMR',3,'2022-03-02',850,'yes'),(3,3,'CRS',1,'2022-03-03',60,'no'),(4,4,'SMR',2,'2022-05-30',200,'no'),
(5,7,'COL',4,'2023-01-10',20,'yes'),(6,9,'CRS',5,'2023-04-03',110,'no'),(7,12,'COL',1,'2023-09-13',1600,'yes'),(8,12,'REG',5,'2023-09-13',240,'no'),
(9,12,'CUT',1,'2023-10-04',35,'yes'),(10,13,'SMR',1,'2023-09-28',15,'no'),(11,15,'CUT',4,'2024-02-02',80,'no'),(12,19,'COL',3,'2024-05-31',600,'no'),(13,10,'SMR',NULL,'2023-06-07',4,'no');
