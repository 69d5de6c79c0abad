CREATE TABLE plan (
  plan_code TEXT PRIMARY KEY,
  plan_name TEXT,
  kind TEXT,
  monthly_fee DECIMAL(6,2),
  data_gb INTEGER,
  launched DATE
);
CREATE TABLE subscriber (
  sub_id INTEGER PRIMARY KEY,
  sub_name TEXT,
  msisdn TEXT,
  region TEXT,
  dob DATE,
  plan_code TEXT,
  joined_on DATE,
  left_on DATE,
  status CHAR(1),
  referred_by INTEGER,
  FOREIGN KEY (plan_code) REFERENCES plan(plan_code),
  FOREIGN KEY (referred_by) REFERENCES subscriber(sub_id)
);
CREATE TABLE cell_tower (
  tower_id INTEGER PRIMARY KEY,
  site_name TEXT,
  region TEXT,
  technology TEXT,
  height_m INTEGER
);
CREATE TABLE call_record (
  call_id INTEGER PRIMARY KEY,
  caller_id INTEGER,
  callee_id INTEGER,
  tower_id INTEGER,
  started_at DATETIME,
  duration_sec INTEGER,
  dropped INTEGER,
  FOREIGN KEY (caller_id) REFERENCES subscriber(sub_id),
  FOREIGN KEY (callee_id) REFERENCES subscriber(sub_id),
  FOREIGN KEY (tower_id) REFERENCES cell_tower(tower_id)
);
CREATE TABLE invoice (
  inv_no TEXT PRIMARY KEY,
  sub_id INTEGER,
  issued_on DATE,
  due_on DATE,
  paid_on DATE,
  amount DECIMAL(8,2),
  FOREIGN KEY (sub_id) REFERENCES subscriber(sub_id)
);
CREATE TABLE ticket (
  ticket_id INTEGER PRIMARY KEY,
  sub_id INTEGER,
  agent_name TEXT,
  topic TEXT,
  priority INTEGER,
  opened_at DATETIME,
  closed_at DATETIME,
  FOREIGN KEY (sub_id) REFERENCES subscriber(sub_id)
);
INSERT INTO plan VALUES
('S10','Simple 10','prepaid',10.00,5,'2020-01-15'),
('S20','Simple 20','prepaid',20.00,20,'2020-06-01'),
('F35','Flex','postpaid',35.00,60,'2021-02-10'),
('F50','Flex Plus','postpaid',50.00,150,'2021-09-01'),
('B80','Business Max','postpaid',80.00,NULL,'2022-03-20'),
('K05','Kids Start','prepaid',5.00,1,'2023-11-05'),
('F25','Flex Light','postpaid',25.00,15,'2019-05-12'),
('B120','Business Team','postpaid',120.00,500,'2023-06-30');
INSERT INTO subscriber VALUES
(1,'Alba Renner','4915110001','North','1984-03-12','F35','2021-04-01',NULL,'A',NULL),
(2,'Bruno Keller','4915110002','North','1991-08-25','S20','2021-05-17',NULL,'A',1),
(3,'Chiara Vogt','4915110003','East','1976-12-02','B80','2022-04-11',NULL,'A',NULL),
(4,'Dario Weiss','4915110004','South','2002-01-30','S10','2022-07-08','2023-09-30','C',2),
(5,'Elif Aydin','4916220005','South','1995-06-18','F50','2022-10-21',NULL,'A',1),
(6,'Finn Sommer','4916220006','West','1988-10-09','F25','2023-01-03',NULL,'S',NULL),
(7,'Gesa Lorenz','4916220007','East','1969-05-05','S20','2023-02-14',NULL,'A',3),
(8,'Henrik Thal','4916220008','North','2005-11-11','S10','2023-06-29',NULL,'A',1),
(9,'Ines Moll','4917330009','West','1993-04-27','F50','2023-08-16','2024-02-29','C',6),
(10,'Jonas Keller','4917330010','South',NULL,'B80','2023-10-02',NULL,'A',NULL),
(11,'Kira Busch','4917330011','East','1999-09-14','F35','2024-01-22',NULL,'A',5),
(12,'Leo Brandau','4917330012','North','1981-02-19','F50','2024-03-05',NULL,'S',NULL);
INSERT INTO cell_tower VALUES
(1,'Lighthouse Hill','North','5G',60),
(2,'Old Mill','North','4G',35),
(3,'Castle Rock','East','5G',48),
(4,'River Bend','South','4G',30),
(5,'Stadium Roof','South','5G',42),
(6,'Pine Ridge','West','4G',55),
(7,'Harbour Mast','North','4G',28),
(8,'Beech Top','West','4G',51);
INSERT INTO call_record VALUES
(1,1,2,1,'2023-11-03 08:15:00',320,0),
(2,2,1,2,'2023-11-03 19:40:00',75,0),
(3,1,5,1,'2023-11-18 12:05:00',1240,0),
(4,3,7,3,'2023-12-01 09:30:00',610,0),
(5,7,3,3,'2023-12-02 10:10:00',45,1),
(6,5,1,5,'2023-12-24 18:00:00',1805,0),
(7,10,3,4,'2024-01-09 14:22:00',930,0),
(8,10,3,5,'2024-01-10 11:02:00',150,0),
(9,6,9,6,'2024-01-15 21:33:00',28,1),
(10,9,6,6,'2024-01-15 21:36:00',412,0),
(11,8,1,2,'2024-02-04 16:45:00',95,0),
(12,1,8,1,'2024-02-04 17:00:00',240,0),
(13,2,10,7,'2024-02-20 07:55:00',510,0),
(14,11,5,3,'2024-03-08 20:20:00',2210,0),
(15,5,11,5,'2024-03-09 13:13:00',65,0),
(16,3,10,3,'2024-03-11 15:48:00',720,1),
(17,1,3,NULL,'2024-03-15 09:09:00',180,0),
(18,7,1,3,'2024-03-29 22:41:00',340,0),
(19,12,2,1,'2024-03-30 10:30:00',405,0);
INSERT INTO invoice VALUES
('INV-2301',1,'2023-11-30','2023-12-14','2023-12-10',38.40),
('INV-2302',3,'2023-11-30','2023-12-14','2023-12-20',92.15),
('INV-2303',5,'2023-11-30','2023-12-14','2023-12-13',50.00),
('INV-2304',6,'2023-11-30','2023-12-14',NULL,35.00),
('INV-2305',9,'2023-12-31','2024-01-14','2024-01-30',57.25),
('INV-2306',10,'2023-12-31','2024-01-14','2024-01-09',101.90),
('INV-2401',1,'2024-01-31','2024-02-14','2024-02-11',41.05),
('INV-2402',3,'2024-01-31','2024-02-14','2024-02-12',80.00),
('INV-2403',6,'2024-01-31','2024-02-14',NULL,47.80),
('INV-2404',11,'2024-02-29','2024-03-14','2024-03-13',35.00),
('INV-2405',10,'2024-02-29','2024-03-14','2024-03-28',84.60),
('INV-2406',9,'2024-02-29','2024-03-14',NULL,61.70),
('INV-2407',5,'2024-02-29','2024-03-14','2024-03-02',52.35),
('INV-2408',2,'2024-02-29','2024-03-14','2024-03-05',20.00);
INSERT INTO ticket VALUES
(1,1,'Mona','billing',2,'2023-12-05 10:00:00','2023-12-06 09:10:00'),
(2,6,'Mona','billing',1,'2023-12-18 15:20:00','2023-12-29 12:00:00'),
(3,3,'Ralf','coverage',2,'2024-01-04 08:45:00','2024-01-04 17:30:00'),
(4,9,'Ralf','cancellation',1,'2024-01-31 13:05:00','2024-02-01 10:10:00'),
(5,7,'Tariq','coverage',3,'2024-02-09 09:00:00',NULL),
(6,6,'Tariq','billing',1,'2024-02-16 11:11:00',NULL),
(7,10,'Mona','roaming',2,'2024-02-27 16:40:00','2024-02-28 08:00:00'),
(8,12,'Mona','sim swap',3,'2024-03-06 12:34:00','2024-03-06 12:59:00'),
(9,3,'Ralf','billing',3,'2024-03-19 14:00:00',NULL),
(10,2,NULL,'roaming',2,'2024-03-30 18:25:00',NULL);
