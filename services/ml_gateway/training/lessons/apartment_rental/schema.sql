CREATE TABLE buildings (
  building_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  street TEXT,
  city TEXT,
  year_built INTEGER,
  floors INTEGER,
  has_lift BOOLEAN,
  caretaker TEXT
);
CREATE TABLE units (
  unit_id INTEGER PRIMARY KEY,
  building_id INTEGER NOT NULL,
  unit_number TEXT,
  floor INTEGER,
  bedrooms INTEGER,
  size_sqm REAL,
  monthly_rent DECIMAL(8,2),
  furnished TEXT,
  FOREIGN KEY (building_id) REFERENCES buildings(building_id)
);
CREATE TABLE tenants (
  tenant_id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  phone TEXT,
  occupation TEXT,
  date_of_birth DATE
);
CREATE TABLE leases (
  lease_id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,
  tenant_id INTEGER NOT NULL,
  start_date DATE,
  end_date DATE,
  agreed_rent DECIMAL(8,2),
  deposit DECIMAL(8,2),
  status TEXT,
  FOREIGN KEY (unit_id) REFERENCES units(unit_id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE TABLE payments (
  payment_id INTEGER PRIMARY KEY,
  lease_id INTEGER NOT NULL,
  paid_on DATE,
  amount DECIMAL(8,2),
  method TEXT,
  FOREIGN KEY (lease_id) REFERENCES leases(lease_id)
);
CREATE TABLE repairs (
  repair_id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,
  category TEXT,
  description TEXT,
  reported_on DATE,
  fixed_on DATE,
  cost DECIMAL(8,2),
  FOREIGN KEY (unit_id) REFERENCES units(unit_id)
);
INSERT INTO buildings VALUES
(1,'Linden Court','4 Mill Lane','Northam',1968,5,1,'Otto Brandt'),
(2,'Harbour View','19 Quay Road','Seaford',2004,9,1,'Pilar Nunez'),
(3,'The Granary','2 Old Market','Northam',1936,3,0,'Otto Brandt'),
(4,'Maple House','77 Station Street','Ashbury',1985,4,0,NULL),
(5,'Skyline Towers','1 Exchange Square','Seaford',2018,16,1,'Deirdre Walsh'),
(6,'Rosehill','30 Hill Crescent','Ashbury',1931,3,0,'Ivan Kos'),
(7,'Weavers Yard','11 Canal Walk','Dunmore',1999,6,1,NULL),
(8,'Beech Lodge','8 Park Side','Northam',1976,2,0,'Pilar Nunez');
INSERT INTO units VALUES
(1,1,'1A',1,1,44.5,690,'yes'),(2,1,'2B',2,2,63,880,'no'),(3,1,'4C',4,3,81,1120,'no'),
(4,2,'101',1,1,48,820,'yes'),(5,2,'305',3,2,70.5,1150,'no'),(6,2,'802',8,3,96,1680,'yes'),
(7,3,'1',1,0,29,520,'yes'),(8,3,'2',2,2,66,910,'no'),
(9,4,'G1',0,2,58,760,'no'),(10,4,'21',2,1,41,610,'no'),(11,4,'33',3,2,60,785,'yes'),
(12,5,'1201',12,2,74,1490,'yes'),(13,5,'1503',15,3,118,2350,'yes'),(14,5,'604',6,0,33,870,'no'),(15,5,'0907',9,1,52,1190,'no'),
(16,6,'A',0,4,124,1375,'no'),(17,6,'B',1,2,68,835,NULL),
(18,7,'2-04',2,1,46,645,'no'),(19,7,'5-11',5,2,71,940,'yes');
INSERT INTO tenants VALUES
(1,'Marta','Velasco','marta.v@postbox.net','555-0101','nurse','1988-04-17'),
(2,'Hugo','Lindqvist','hugo.l@quickmail.org','555-0102','engineer','1979-11-02'),
(3,'Amina','Diallo','amina.d@postbox.net',NULL,'student','2001-06-25'),
(4,'Peter','Oakes',NULL,'555-0104','retired','1951-01-30'),
(5,'Chen','Wei','chen.wei@quickmail.org','555-0105','engineer','1992-09-09'),
(6,'Sofia','Velasco','sofia.vel@postbox.net','555-0106','teacher','1985-12-12'),
(7,'Leo','Marchetti','leo.m@quickmail.org','555-0107','chef','1995-03-21'),
(8,'Grace','Okafor','grace.ok@lettera.com','555-0108','accountant','1983-07-14'),
(9,'Tomasz','Zielinski',NULL,NULL,'student','2002-10-05'),
(10,'Ruth','Hammond','ruth.h@lettera.com','555-0110','retired','1948-08-19'),
(11,'Marta','Kowal','mkowal@quickmail.org','555-0111','designer','1990-02-08'),
(12,'Dennis','Frost','d.frost@lettera.com','555-0112',NULL,'1974-05-27'),
(13,'Yara','Haddad','yara.h@postbox.net',NULL,'nurse','1997-01-16'),
(14,'Noel','Byrne','nbyrne@lettera.com','555-0114','driver','1969-10-31');
INSERT INTO leases VALUES
(1,1,1,'2021-03-01','2023-02-28',650,1300,'ended'),
(2,1,3,'2023-04-01','2025-03-31',690,1380,'active'),
(3,2,2,'2022-06-15',NULL,850,1700,'active'),
(4,4,5,'2023-01-01','2024-12-31',820,820,'active'),
(5,5,6,'2022-09-01','2023-08-31',1100,2200,'ended'),
(6,6,8,'2023-10-01',NULL,1680,3360,'active'),
(7,7,9,'2024-02-01','2025-01-31',500,500,'active'),
(8,8,4,'2020-05-01',NULL,800,1600,'active'),
(9,9,10,'2021-08-01',NULL,720,1440,'active'),
(10,10,7,'2022-11-01','2023-04-15',600,600,'terminated'),
(11,12,5,'2021-01-15','2022-12-31',1400,2800,'ended'),
(12,13,12,'2023-05-20','2026-05-19',2300,4700,'active'),
(13,15,7,'2023-05-01','2024-04-30',1190,1190,'ended'),
(14,16,6,'2023-09-01',NULL,1350,2750,'active'),
(15,11,11,'2024-01-10','2025-01-09',785,1570,'active'),
(16,10,1,'2023-06-01',NULL,610,NULL,'active'),
(17,19,13,'2024-03-15',NULL,940,1880,'active'),
(18,5,3,'2021-10-01','2022-06-30',1080,1080,'terminated'),
(19,15,5,'2025-01-01',NULL,1250,2500,'active');
INSERT INTO payments VALUES
(1,1,'2022-12-02',650,'bank transfer'),(2,1,'2023-01-03',650,'bank transfer'),
(3,2,'2023-05-05',690,'card'),(4,2,'2023-06-09',690,'cash'),(5,2,'2023-07-04',400,'cash'),
(6,3,'2023-03-01',850,'bank transfer'),(7,3,'2024-01-02',850,'bank transfer'),
(8,4,'2023-02-01',820,'direct debit'),(9,4,'2023-03-01',820,'direct debit'),(10,4,'2024-03-01',840,'direct debit'),
(11,5,'2022-10-03',1100,'card'),(12,6,'2023-11-01',1680,'bank transfer'),(13,6,'2023-12-01',1680,'bank transfer'),
(14,8,'2024-02-06',800,'cash'),(15,9,'2023-08-11',720,'cheque'),(16,9,'2023-09-12',720,'cheque'),
(17,11,'2022-05-16',1400,'direct debit'),(18,12,'2023-06-20',2300,'bank transfer'),(19,12,'2023-07-20',2300,'bank transfer'),
(20,13,'2023-05-31',1190,'card'),(21,14,'2024-03-04',1350,NULL),(22,15,'2024-02-10',785,'card'),(23,16,'2023-07-01',610,'bank transfer');
INSERT INTO repairs VALUES
(1,1,'plumbing','Leaking tap in kitchen','2023-05-11','2023-05-13',85),
(2,1,'heating','Boiler does not start','2023-12-04','2023-12-05',310),
(3,2,'windows','Broken bedroom window','2022-08-20','2022-09-02',190.5),
(4,4,'electrical','No power in bathroom','2023-02-14','2023-02-14',120),
(5,6,'plumbing','Blocked shower drain','2024-01-22','2024-01-25',95),
(6,6,'appliances','Dishwasher leaking','2024-03-02',NULL,NULL),
(7,8,'heating','Cold radiator','2021-11-15','2021-11-19',140),
(8,8,'roof','Damp patch on ceiling','2022-02-01','2022-04-11',2450),
(9,8,'plumbing','Toilet keeps running','2023-09-09','2023-09-12',60),
(10,9,'doors','Lock jammed','2023-07-28','2023-07-28',75),
(11,11,'heating','Thermostat broken','2024-02-18',NULL,NULL),
(12,13,'electrical','Kitchen lights flicker','2023-08-03','2023-08-10',215),
(13,16,'roof','Leaking gutter','2023-11-27','2024-01-08',880),
(14,16,'windows','Draughty bay window','2024-02-05',NULL,400),
(15,19,'appliances','Oven not heating','2024-03-30','2024-04-03',155),
(16,10,'plumbing','Dripping pipe','2022-10-02','2022-10-04',110);
