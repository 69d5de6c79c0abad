CREATE TABLE depot (
  id INTEGER PRIMARY KEY,
  depot_name TEXT,
  town TEXT,
  bays INTEGER
);
CREATE TABLE bus (
  id INTEGER PRIMARY KEY,
  reg_no TEXT,
  make TEXT,
  seats INTEGER,
  fuel TEXT,
  built TEXT,
  depot_id INTEGER,
  is_accessible INTEGER,
  FOREIGN KEY (depot_id) REFERENCES depot(id)
);
CREATE TABLE driver (
  id INTEGER PRIMARY KEY,
  drv_first TEXT,
  drv_last TEXT,
  sex TEXT, -- M or F
  dob DATE,
  licence_expiry DATE,
  depot_id INTEGER,
  mentor_id INTEGER,
  hourly_wage REAL,
  FOREIGN KEY (depot_id) REFERENCES depot(id),
  FOREIGN KEY (mentor_id) REFERENCES driver(id)
);
CREATE TABLE stop (
  id INTEGER PRIMARY KEY,
  stop_name TEXT,
  zone TEXT,
  has_shelter INTEGER
);
CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  route_no TEXT,
  origin_stop_id INTEGER,
  destination_stop_id INTEGER,
  distance_km REAL,
  status TEXT, -- A active, S suspended
  FOREIGN KEY (origin_stop_id) REFERENCES stop(id),
  FOREIGN KEY (destination_stop_id) REFERENCES stop(id)
);
CREATE TABLE trip (
  id INTEGER PRIMARY KEY,
  route_id INTEGER,
  bus_id INTEGER,
  driver_id INTEGER,
  departs DATETIME,
  delay_min INTEGER,
  FOREIGN KEY (route_id) REFERENCES route(id),
  FOREIGN KEY (bus_id) REFERENCES bus(id),
  FOREIGN KEY (driver_id) REFERENCES driver(id)
);
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  trip_id INTEGER,
  fare_type TEXT,
  fare DECIMAL(5,2),
  channel TEXT,
  FOREIGN KEY (trip_id) REFERENCES trip(id)
);
INSERT INTO depot VALUES (1,'Kilnford Garage','Kilnford',22),(2,'Eastmere Yard','Eastmere',14),(3,'Dunhollow','Dunhollow',6),(4,'Tarn Road','Kilnford',9),
(5,'Harbour Sheds','Eastmere',5),(6,'Quarry Lane','Dunhollow',3),(7,'Ferry Road','Saltby',8),(8,'Mill Depot','Kilnford',12);
INSERT INTO bus VALUES
(1,'KB18 ARV','Solane',42,'diesel','2018',1,1),(2,'KB18 ARW','Solane',42,'diesel','2018',1,1),(3,'EM21 TTO','Voltaro',36,'electric','2021',2,1),
(4,'EM22 PLK','Voltaro',38,'electric','2022',2,1),(5,'DH09 QQA','Marlin',53,'diesel','2009',3,0),(6,'DH12 ZZE','Marlin',29,'diesel','2012',3,0),
(7,'KB23 HYD','Helmond',45,'hydrogen','2023',1,1),(8,'KB16 OLL','Solane',60,'diesel','2016',1,0),(9,'EM23 VLT','Voltaro',36,'electric','2023',NULL,1);
INSERT INTO driver VALUES
(1,'Gordon','Petrie','M','1968-02-17','2026-01-31',1,NULL,19.80),(2,'Selma','Hartung','F','1975-09-03','2025-06-30',1,NULL,19.20),
(3,'Bilal','Rahmani','M','1990-12-24','2027-03-31',1,1,16.50),(4,'Joyce','Tembo','F','1983-07-11','2024-11-30',2,2,17.75),
(5,'Gordon','Mackay','M','1979-04-08','2025-09-30',2,NULL,18.60),(6,'Ewa','Lisowska','F','1996-10-29','2028-02-29',2,5,15.40),
(7,'Dafydd','Rees','M','1961-01-05','2024-08-31',3,NULL,20.10),(8,'Keira','Petrie','F','1999-05-16','2028-07-31',1,1,15.10),
(9,'Anton','Berg','M','1987-08-22','2026-12-31',3,7,16.90),(10,'Priya','Nand','F','1993-03-13','2027-10-31',NULL,5,15.95);
INSERT INTO stop VALUES
(1,'Kilnford Station','A',1),(2,'Kilnford Market','A',1),(3,'Eastmere Harbour','B',1),(4,'Eastmere Hospital','B',0),(5,'Dunhollow Green','C',0),
(6,'Airport Road','B',1),(7,'Tarn Village','C',0),(8,'University','A',1),(9,'Old Quarry','C',0);
INSERT INTO route VALUES
(1,'10',1,3,24.5,'A'),(2,'11',3,1,24.9,'A'),(3,'X4',1,6,17.2,'A'),(4,'20',2,5,31.0,'A'),(5,'21',5,2,31.4,'S'),(6,'7A',8,4,12.8,'A'),(7,'33',7,3,40.6,'A'),(8,'N1',1,8,5.1,'S'),(9,'34',4,7,38.2,'A');
INSERT INTO trip VALUES
(1,1,1,1,'2022-04-04 06:30:00',0),(2,1,2,3,'2022-04-04 08:10:00',7),(3,2,3,4,'2022-09-19 17:45:00',12),(4,3,7,2,'2023-01-12 05:50:00',0),
(5,3,1,2,'2023-01-12 09:20:00',3),(6,4,8,1,'2023-03-03 07:15:00',21),(7,6,4,6,'2023-03-03 08:00:00',NULL),(8,7,5,7,'2023-05-27 10:40:00',35),
(9,1,4,1,'2023-07-08 12:05:00',2),(10,2,3,5,'2023-07-08 18:30:00',4),(11,4,8,3,'2023-10-30 06:55:00',9),(12,6,4,4,'2023-12-15 16:10:00',16),
(13,1,7,2,'2024-01-22 06:30:00',1),(14,3,7,1,'2024-02-09 05:50:00',NULL),(15,7,6,9,'2024-02-17 10:40:00',18),(16,6,3,6,'2024-03-05 08:00:00',5),
(17,2,4,5,'2024-03-05 17:45:00',0),(18,1,1,8,'2024-03-29 06:30:00',28),(19,5,5,7,'2024-04-11 15:00:00',6);
INSERT INTO ticket VALUES
(1,1,'single',4.80,'driver'),(2,1,'return',8.20,'app'),(3,2,'single',4.80,'app'),(4,2,'child',2.40,'driver'),(5,3,'single',4.80,'kiosk'),
(6,4,'return',6.90,'app'),(7,4,'return',6.90,'app'),(8,5,'single',3.90,'app'),(9,6,'senior',3.10,'driver'),(10,6,'single',6.20,'driver'),
(11,8,'single',7.50,'driver'),(12,9,'child',2.40,'app'),(13,9,'single',5.00,'kiosk'),(14,9,'return',8.60,'app'),(15,10,'single',5.00,'app'),
(16,12,'student',2.00,'app'),(17,12,'student',2.00,'app'),(18,13,'return',8.60,'kiosk'),(19,14,'single',4.10,'driver'),(20,15,'return',13.40,'app'),
(21,16,'student',2.20,'app'),(22,17,'senior',2.60,NULL),(23,18,'single',5.20,'app'),(24,18,'single',5.20,'driver'),(25,19,'single',6.40,'app');
