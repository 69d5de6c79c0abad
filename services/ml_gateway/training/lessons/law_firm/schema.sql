CREATE TABLE practice_area (
  area_code CHAR(3) PRIMARY KEY,
  area_name TEXT
);
CREATE TABLE lawyer (
  lawyer_id INTEGER PRIMARY KEY,
  lawyer_fname TEXT,
  lawyer_lname TEXT,
  rank TEXT,
  hourly_rate INTEGER,
  admitted_year TEXT,
  mentor_id INTEGER,
  area_code CHAR(3)
);
CREATE TABLE client (
  client_id INTEGER PRIMARY KEY,
  client_name TEXT,
  client_type TEXT,
  phone TEXT,
  city TEXT
);
CREATE TABLE case_file (
  case_no INTEGER PRIMARY KEY,
  case_title TEXT,
  client_id INTEGER,
  opponent_id INTEGER,
  lead_lawyer_id INTEGER,
  area_code CHAR(3),
  opened DATE,
  closed DATE,
  outcome TEXT,
  disputed_amount DECIMAL(12,2)
);
CREATE TABLE time_entry (
  entry_id INTEGER PRIMARY KEY,
  case_no INTEGER,
  lawyer_id INTEGER,
  work_date DATE,
  hours REAL,
  billed TEXT,
  task TEXT
);
CREATE TABLE hearing (
  hearing_id INTEGER PRIMARY KEY,
  case_no INTEGER,
  court TEXT,
  hearing_date DATE,
  judge TEXT,
  adjourned TEXT
);
INSERT INTO practice_area VALUES ('CON','Contracts'),('FAM','Family'),('LAB','Labour'),('TAX','Tax'),('INH','Inheritance'),('PAT','Patents');
INSERT INTO lawyer VALUES
(11,'Ottilie','Kranz','partner',420,'1998',NULL,'CON'),
(12,'Bernard','Osei','partner',390,'2003',NULL,'LAB'),
(13,'Ruth','Zelter','senior',280,'2011',11,'CON'),
(14,'Maxim','Orlov','senior',265,'2012',12,'TAX'),
(15,'Fiona','Hale','associate',190,'2019',13,'FAM'),
(16,'Luis','Carrasco','associate',185,'2020',13,'CON'),
(17,'Ruth','Adeyemi','associate',180,'2021',12,'LAB'),
(18,'Per','Sundby','trainee',110,NULL,15,NULL),
(19,'Mei','Tanaka','senior',300,'2009',11,'INH'),
(20,'Cosima','Kranz','trainee',105,NULL,19,NULL);
INSERT INTO client VALUES
(201,'Baltic Timber Ltd','C','040-5521','Hamburg'),
(202,'Rosa Lindqvist','P','030-1187','Berlin'),
(203,'Moonfield Bakery','C','0211-903','Dusseldorf'),
(204,'Henrik Aalto','P',NULL,'Hamburg'),
(205,'Stellar Gears AG','C','089-7740','Munich'),
(206,'Ada Moreau','P','030-4432','Berlin'),
(207,'Greenroof Co-op','C',NULL,'Leipzig'),
(208,'Victor Sand','P','0341-226','Leipzig'),
(209,'Kestrel Shipping','C','040-8890','Hamburg'),
(210,'Lotte Bauer','P','0221-777','Cologne'),
(211,'Quarry & Sons','C','0221-310','Cologne'),
(212,'Emil Noack','P','089-1212','Munich');
INSERT INTO case_file VALUES
(3001,'Timber delivery dispute',201,209,11,'CON','2021-09-14','2022-11-30','won',480000),
(3002,'Lindqvist divorce',202,NULL,15,'FAM','2022-01-10','2022-08-19','settled',NULL),
(3003,'Bakery dismissal claim',203,208,12,'LAB','2022-03-02','2022-10-07','lost',36000),
(3004,'Stellar cross-border tax',205,NULL,14,'TAX','2022-06-21',NULL,NULL,1250000),
(3005,'Aalto estate',204,206,19,'INH','2022-09-05','2023-12-15','won',310000),
(3006,'Kestrel charter breach',209,201,13,'CON','2023-01-23','2024-02-09','settled',220000),
(3007,'Roof leak warranty',207,211,16,'CON','2023-02-14','2023-09-01','lost',58000),
(3008,'Sand overtime pay',208,203,17,'LAB','2023-04-03','2023-07-28','won',12500),
(3009,'Moreau custody',206,NULL,15,'FAM','2023-06-12',NULL,NULL,NULL),
(3010,'Gears licence fees',205,211,11,'CON','2023-08-30',NULL,NULL,640000),
(3011,'Bauer inheritance',210,NULL,19,'INH','2023-10-18','2024-05-06','settled',95000),
(3012,'Timber works council',201,NULL,12,'LAB','2024-01-15',NULL,NULL,NULL),
(3013,'Quarry tax audit',211,NULL,14,'TAX','2024-02-27','2024-06-14','won',175000),
(3014,'Lindqvist alimony',202,NULL,19,'FAM','2024-03-11',NULL,NULL,42000),
(3015,'Baltic pallet claim',201,207,13,'CON','2024-04-22',NULL,NULL,27000);
INSERT INTO time_entry VALUES
(1,3001,11,'2021-10-04',6.5,'yes','drafting'),(2,3001,13,'2021-11-12',9.0,'yes','research'),(3,3001,16,'2022-02-03',4.5,'yes','research'),
(4,3002,15,'2022-02-17',5.0,'yes','meeting'),(5,3003,12,'2022-04-08',3.0,'yes','meeting'),(6,3003,17,'2022-05-19',7.5,'yes','drafting'),
(7,3004,14,'2022-07-11',9.0,'yes','research'),(8,3004,14,'2023-03-27',6.0,'no','drafting'),(9,3005,19,'2022-10-10',4.0,'yes','meeting'),
(10,3005,20,'2023-01-16',10.0,'no','research'),(11,3006,13,'2023-02-20',5.5,'yes','drafting'),(12,3006,11,'2023-05-04',2.0,'yes','court'),
(13,3007,16,'2023-03-30',7.0,'yes','drafting'),(14,3008,17,'2023-05-15',3.5,'yes','court'),(15,3009,15,'2023-07-06',4.0,'no','meeting'),
(16,3009,18,'2023-07-21',6.5,'no','research'),(17,3010,11,'2023-09-19',8.5,'yes','drafting'),(18,3010,16,'2024-01-08',9.5,'no','research'),
(19,3011,19,'2023-11-27',3.0,'yes','meeting'),(20,3013,14,'2024-03-18',11.0,'yes','research'),(21,3014,15,'2024-04-02',2.5,'no','drafting'),
(22,3015,13,'2024-05-13',1.5,'no','meeting'),(23,3005,19,'2023-06-05',5.0,'yes','court');
INSERT INTO hearing VALUES
(1,3001,'Regional Court Hamburg','2022-06-14','Judge Behn','no'),
(2,3001,'Regional Court Hamburg','2022-09-27','Judge Behn','no'),
(3,3002,'Family Court Berlin','2022-05-03','Judge Ulm','no'),
(4,3003,'Labour Court Dusseldorf','2022-07-12','Judge Sommer','yes'),
(5,3003,'Labour Court Dusseldorf','2022-09-20','Judge Sommer','no'),
(6,3005,'Regional Court Hamburg','2023-06-06','Judge Falk','no'),
(7,3006,'Regional Court Hamburg','2023-05-05','Judge Behn','yes'),
(8,3006,'Regional Court Hamburg','2023-10-24','Judge Falk','no'),
(9,3006,'Regional Court Hamburg','2024-01-16','Judge Falk','no'),
(10,3007,'District Court Leipzig','2023-07-04','Judge Arendt','no'),
(11,3008,'Labour Court Leipzig','2023-06-20','Judge Sommer','no'),
(12,3009,'Family Court Berlin','2023-11-14','Judge Ulm','yes'),
(13,3010,'Regional Court Munich','2024-04-09',NULL,'yes'),
(14,3011,'Probate Court Cologne','2024-03-19','Judge Ritter','no');
