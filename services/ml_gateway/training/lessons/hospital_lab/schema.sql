CREATE TABLE ward (
  ward_id INTEGER PRIMARY KEY,
  ward_name TEXT,
  floor INTEGER,
  beds INTEGER
);
CREATE TABLE doctor (
  doc_id INTEGER PRIMARY KEY,
  doc_name TEXT,
  specialty TEXT,
  ward_id INTEGER REFERENCES ward(ward_id),
  on_call INTEGER
);
CREATE TABLE patient (
  pat_id INTEGER PRIMARY KEY,
  pat_name TEXT,
  sex TEXT, -- 'M' / 'F'
  dob DATE,
  blood_group TEXT,
  ward_id INTEGER REFERENCES ward(ward_id)
);
CREATE TABLE technician (
  tech_id INTEGER PRIMARY KEY,
  tech_name TEXT,
  shift TEXT, -- day, late, night
  certified_since DATE
);
CREATE TABLE test (
  test_code TEXT PRIMARY KEY,
  test_name TEXT,
  dept TEXT,
  unit TEXT,
  ref_low REAL,
  ref_high REAL,
  turnaround_hrs INTEGER,
  price DECIMAL(6,2)
);
CREATE TABLE sample (
  sample_id INTEGER PRIMARY KEY,
  pat_id INTEGER,
  ordered_by INTEGER,
  material TEXT,
  collected_at DATETIME,
  received_at DATETIME,
  urgent TEXT,
  rejected TEXT,
  FOREIGN KEY (pat_id) REFERENCES patient(pat_id),
  FOREIGN KEY (ordered_by) REFERENCES doctor(doc_id)
);
CREATE TABLE result (
  sample_id INTEGER,
  test_code TEXT,
  tech_id INTEGER,
  checked_by INTEGER,
  value REAL,
  flag TEXT, -- N normal, H high, L low
  reported_at DATETIME,
  PRIMARY KEY (sample_id, test_code),
  FOREIGN KEY (sample_id) REFERENCES sample(sample_id),
  FOREIGN KEY (test_code) REFERENCES test(test_code),
  FOREIGN KEY (tech_id) REFERENCES technician(tech_id),
  FOREIGN KEY (checked_by) REFERENCES technician(tech_id)
);
INSERT INTO ward VALUES (1,'Cardiology',3,24),(2,'Surgery',2,36),(3,'Paediatrics',1,18),(4,'Intensive Care',2,10),(5,'Oncology',4,20),(6,'Outpatients',0,0),(7,'Neurology',4,16),(8,'Day Clinic',1,12);
INSERT INTO doctor VALUES
(11,'Dr. Amelia Voss','cardiology',1,1),(12,'Dr. Rajan Pillai','surgery',2,0),(13,'Dr. Tess Mulder','paediatrics',3,1),(14,'Dr. Ivo Marek','anaesthesia',4,1),
(15,'Dr. Hannah Bright','oncology',5,0),(16,'Dr. Leon Fabre','general medicine',NULL,0),(17,'Dr. Nils Aaberg','surgery',2,1),(18,'Dr. Zoe Katz','haematology',5,0);
INSERT INTO patient VALUES
(301,'Arthur Penn','M','1948-03-22','A+',1),(302,'Bettina Roth','F','1971-08-14','0+',2),(303,'Caleb Nyman','M','2016-02-02','B+',3),(304,'Dora Feist','F','1959-12-01','A-',1),
(305,'Emil Strand','M','1983-06-30','0-',4),(306,'Fiona Daly','F','1990-01-17','AB+',5),(307,'George Amado','M','1966-09-05','0+',6),(308,'Heidi Lorenz','F','2019-11-23',NULL,3),
(309,'Igor Pavlik','M','1955-05-28','A+',5),(310,'Jana Roth','F','1998-07-07','B-',5),(311,'Kofi Adjei','M','1977-10-11','0+',NULL),(312,'Laura Simms','F','1942-04-19','A+',4),(313,'Mona Penn','F','1964-02-08','B+',1);
INSERT INTO technician VALUES
(1,'Pia Holt','day','2010-09-01'),(2,'Matthew Ong','day','2016-02-15'),(3,'Sinead Byrne','night','2014-06-20'),(4,'Carlos Vega','late','2020-11-01'),(5,'Ulla Stein','night','2022-03-14'),(6,'Ravi Menon','late','2023-08-08'),
(7,'Greta Lund','day','2018-05-07'),(8,'Amir Saleh','late','2012-02-29');
INSERT INTO test VALUES
('HGB','Haemoglobin','haematology','g/dL',12.0,17.0,2,6.50),('WBC','White cell count','haematology','10^9/L',4.0,11.0,2,6.80),('PLT','Platelets','haematology','10^9/L',150,400,3,7.10),
('GLU','Glucose','chemistry','mmol/L',3.9,5.8,1,4.20),('CREA','Creatinine','chemistry','umol/L',60,110,4,5.60),('TROP','Troponin','chemistry','ng/L',0,14,1,28.00),
('CRP','C-reactive protein','chemistry','mg/L',0,5,3,9.90),('URCU','Urine culture','microbiology',NULL,NULL,NULL,48,34.00),('BLCU','Blood culture','microbiology',NULL,NULL,NULL,72,52.00),
('TSH','Thyrotropin','immunology','mU/L',0.4,4.0,24,18.40),('PSA','Prostate antigen','immunology','ug/L',0,4.5,26,21.70);
INSERT INTO sample VALUES
(1001,301,11,'blood','2023-01-09 07:40','2023-01-09 08:05','yes','no'),(1002,302,12,'blood','2023-01-21 10:10','2023-01-21 10:50','no','no'),(1003,303,13,'urine','2023-03-04 09:30','2023-03-04 11:45','no','no'),
(1004,304,11,'blood','2023-04-18 22:15','2023-04-18 22:25','yes','no'),(1005,305,14,'blood','2023-06-11 03:05','2023-06-11 03:12','yes','no'),(1006,306,15,'blood','2023-07-27 08:20','2023-07-27 09:00','no','yes'),
(1007,306,15,'blood','2023-07-28 08:15','2023-07-28 08:50','no','no'),(1008,307,16,'blood','2023-09-05 11:00','2023-09-05 13:30','no','no'),(1009,301,11,'blood','2023-10-02 07:35','2023-10-02 07:58','yes','no'),
(1010,308,13,'urine','2023-11-16 14:40','2023-11-16 15:20','no','yes'),(1011,309,18,'blood','2024-01-08 08:00','2024-01-08 08:45','no','no'),(1012,305,14,'swab','2024-01-09 05:30','2024-01-09 05:50','yes','no'),
(1013,310,17,'blood','2024-02-14 16:25','2024-02-14 17:00','no','no'),(1014,309,15,'blood','2024-03-03 08:10','2024-03-03 08:50','no','no'),(1015,302,17,'urine','2024-03-19 12:00','2024-03-19 14:10','no','no'),
(1016,312,14,'blood','2024-04-01 01:20','2024-04-01 01:30','yes','no'),(1017,312,14,'blood','2024-04-02 06:00','2024-04-02 06:15','yes','no'),(1018,304,16,'blood','2024-04-22 09:05',NULL,'no','no');
INSERT INTO result VALUES
(1001,'TROP',1,2,38.0,'H','2023-01-09 08:50'),(1001,'HGB',1,2,13.9,'N','2023-01-09 09:10'),(1001,'CREA',2,1,124,'H','2023-01-09 10:30'),(1002,'WBC',2,1,12.6,'H','2023-01-21 12:15'),(1002,'CRP',2,1,41,'H','2023-01-21 13:00'),
(1003,'URCU',4,1,NULL,NULL,'2023-03-06 14:00'),(1004,'TROP',3,5,9.0,'N','2023-04-18 23:10'),(1004,'GLU',3,5,6.9,'H','2023-04-18 23:05'),(1005,'HGB',5,3,8.4,'L','2023-06-11 04:00'),(1005,'PLT',5,3,96,'L','2023-06-11 04:20'),
(1005,'WBC',5,3,15.8,'H','2023-06-11 04:05'),(1007,'WBC',1,2,2.9,'L','2023-07-28 10:00'),(1007,'HGB',1,2,10.7,'L','2023-07-28 10:05'),(1008,'PSA',2,1,3.1,'N','2023-09-06 15:00'),(1008,'GLU',4,2,5.2,'N','2023-09-05 14:20'),
(1009,'TROP',1,NULL,12.0,'N','2023-10-02 08:40'),(1009,'CREA',1,2,131,'H','2023-10-02 10:10'),(1011,'PLT',2,1,122,'L','2024-01-08 11:00'),(1011,'HGB',2,1,11.2,'L','2024-01-08 10:40'),(1012,'BLCU',5,3,NULL,NULL,'2024-01-12 07:00'),
(1013,'GLU',4,NULL,4.6,'N','2024-02-14 17:50'),(1014,'PLT',1,2,164,'N','2024-03-03 11:15'),(1014,'WBC',1,2,5.5,'N','2024-03-03 10:50'),(1016,'TROP',3,5,67.0,'H','2024-04-01 02:15'),(1017,'TROP',1,2,55.0,'H','2024-04-02 07:05');
