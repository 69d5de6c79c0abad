CREATE TABLE clients (
  id INTEGER PRIMARY KEY,
  company TEXT,
  contact_person TEXT,
  sector TEXT,
  phone TEXT
);
CREATE TABLE engineers (
  id INTEGER PRIMARY KEY,
  full_name TEXT,
  grade TEXT,
  boss_id INTEGER,
  start_date DATE,
  salary INTEGER,
  FOREIGN KEY (boss_id) REFERENCES engineers(id)
);
CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  title TEXT,
  client_id INTEGER,
  lead_engineer_id INTEGER,
  budget INTEGER,
  planned_start DATE,
  planned_end DATE,
  actual_end DATE,
  state TEXT, -- planned, running, finished, on hold
  FOREIGN KEY (client_id) REFERENCES clients(id),
  FOREIGN KEY (lead_engineer_id) REFERENCES engineers(id)
);
CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  project_id INTEGER,
  address TEXT,
  city TEXT,
  area_m2 INTEGER,
  FOREIGN KEY (project_id) REFERENCES projects(id)
);
CREATE TABLE subcontractors (
  id INTEGER PRIMARY KEY,
  firm TEXT,
  trade TEXT,
  city TEXT,
  rating REAL,
  insured_until DATE
);
CREATE TABLE assignments (
  site_id INTEGER,
  subcontractor_id INTEGER,
  from_date DATE,
  workers INTEGER,
  agreed_sum INTEGER,
  PRIMARY KEY (site_id, subcontractor_id),
  FOREIGN KEY (site_id) REFERENCES sites(id),
  FOREIGN KEY (subcontractor_id) REFERENCES subcontractors(id)
);
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  invoice_no TEXT,
  subcontractor_id INTEGER,
  project_id INTEGER,
  issued DATE,
  due DATE,
  paid DATE,
  amount DECIMAL(10,2),
  FOREIGN KEY (subcontractor_id) REFERENCES subcontractors(id),
  FOREIGN KEY (project_id) REFERENCES projects(id)
);
CREATE TABLE inspections (
  id INTEGER PRIMARY KEY,
  site_id INTEGER,
  inspector_id INTEGER,
  visit_date DATE,
  topic TEXT,
  result TEXT, -- P passed, F failed, R recheck
  defects INTEGER,
  FOREIGN KEY (site_id) REFERENCES sites(id),
  FOREIGN KEY (inspector_id) REFERENCES engineers(id)
);
INSERT INTO clients VALUES
(1,'Meridian Housing Trust','Olga Petrov','housing','555-0101'),(2,'Town of Ashby','Harold Finch','public','555-0102'),(3,'Quickship Logistics','Dana Moss','industry','555-0103'),
(4,'St. Brigid School','Una Kearns','education',NULL),(5,'Larkfield Dairy','Tom Bexley','industry','555-0105'),(6,'Northern Rail Estates','Olga Petrov','public',NULL),
(7,'Bayview Hotels','Carlos Ibarra','leisure','555-0107'),(8,'Halden Foods','Rita Sorrel','industry','555-0108');
INSERT INTO engineers VALUES
(1,'Margaret Holm','director',NULL,'2005-04-01',98000),(2,'Stefan Ivanov','senior',1,'2011-08-15',74000),(3,'Ruth Adeyemi','senior',1,'2014-02-03',76500),
(4,'Luke Barrow','junior',2,'2021-09-01',45000),(5,'Chen Wei','junior',3,'2022-06-13',46800),(6,'Hilde Krause','inspector',1,'2016-10-10',61000),
(7,'Ben Okafor','inspector',6,'2019-03-25',56000),(8,'Sarah Nolan','junior',2,'2023-01-09',43500),(9,'Victor Lund','inspector',6,'2023-11-20',52500);
INSERT INTO projects VALUES
(1,'Canal Row Flats',1,2,4200000,'2022-02-01','2023-06-30','2023-09-15','finished'),(2,'Ashby Town Hall Roof',2,3,850000,'2022-05-15','2022-11-30','2022-11-18','finished'),
(3,'Distribution Hub East',3,2,9600000,'2022-09-01','2024-08-31',NULL,'running'),(4,'School Gym Extension',4,4,1300000,'2023-03-01','2024-02-28','2024-04-05','finished'),
(5,'Cheese Cellar',5,5,620000,'2023-06-12','2024-01-31',NULL,'on hold'),(6,'Station Forecourt',6,3,2750000,'2023-10-02','2025-03-31',NULL,'running'),
(7,'Orchard Terrace',1,3,3100000,'2024-01-15','2025-07-31',NULL,'running'),(8,'Fire Station Annex',2,4,1450000,'2024-09-01','2025-10-31',NULL,'planned'),
(9,'Hub East Car Park',3,NULL,480000,'2024-10-01','2025-02-28',NULL,'planned');
INSERT INTO sites VALUES
(1,1,'2 Canal Row','Ashby',5400),(2,1,'9 Lock Street','Ashby',1800),(3,2,'1 Market Place','Ashby',900),(4,3,'Plot 14 East Park','Wexley',38000),(5,3,'Plot 15 East Park','Wexley',12500),
(6,4,'St. Brigid Lane 3','Marden',2100),(7,5,'Dairy Road 77','Larkfield',760),(8,6,'Station Square','Marden',6700),(9,7,'Orchard Way 10','Wexley',4900),(10,7,'Orchard Way 31','Wexley',NULL),
(11,8,'Engine Lane 5','Ashby',1600);
INSERT INTO subcontractors VALUES
(1,'Gravis Groundworks','excavation','Wexley',4.2,'2025-03-31'),(2,'Apex Scaffolding','scaffolding','Ashby',3.6,'2024-06-30'),(3,'Brightwire Electrical','electrics','Marden',4.8,'2025-12-31'),
(4,'Tilers & Sons','roofing','Ashby',4.1,'2023-12-31'),(5,'Coldflow Plumbing','plumbing','Overton',2.9,'2024-09-30'),(6,'Voltline','electrics','Wexley',3.3,NULL),
(7,'Stonehand Masonry','masonry','Larkfield',4.6,'2025-05-31'),(8,'Glasswerk','glazing','Overton',3.9,'2024-11-30'),(9,'Skyline Roofing','roofing','Overton',4.4,'2026-01-31');
INSERT INTO assignments VALUES
(1,1,'2022-02-07',12,410000),(1,2,'2022-05-02',8,95000),(1,3,'2022-09-12',6,230000),(2,1,'2022-03-14',5,120000),(2,5,'2022-10-03',4,88000),
(3,2,'2022-05-16',6,42000),(3,4,'2022-06-01',9,315000),(4,1,'2022-09-05',22,1250000),(4,6,'2023-05-08',14,760000),(4,5,'2023-06-19',10,540000),
(5,1,'2023-01-16',9,330000),(6,3,'2023-07-03',5,140000),(6,4,'2023-08-14',7,205000),(7,7,'2023-06-19',6,170000),(8,7,'2023-11-06',11,480000),
(8,3,'2024-02-12',3,99000),(9,1,'2024-01-22',10,290000),(9,2,'2024-03-04',7,61000);
INSERT INTO invoices VALUES
(1,'GG-118',1,1,'2022-04-30','2022-05-30','2022-05-28',180000.00),(2,'GG-125',1,1,'2022-08-31','2022-09-30','2022-10-12',230000.00),(3,'AX-77',2,1,'2022-07-15','2022-08-14','2022-08-10',95000.00),
(4,'TS-2022-9',4,2,'2022-09-20','2022-10-20','2022-10-19',315000.00),(5,'AX-81',2,2,'2022-10-05','2022-11-04','2022-11-01',42000.00),(6,'BW-0301',3,1,'2023-03-10','2023-04-09','2023-05-02',230000.00),
(7,'GG-160',1,3,'2023-02-28','2023-03-30','2023-03-30',700000.00),(8,'CF-19',5,3,'2023-11-15','2023-12-15',NULL,260000.00),(9,'VL-44',6,3,'2023-12-01','2023-12-31','2024-02-20',380000.00),
(10,'TS-2023-4',4,4,'2023-11-30','2023-12-30','2023-12-22',205000.00),(11,'BW-0355',3,4,'2024-01-12','2024-02-11','2024-02-09',140000.00),(12,'SH-6',7,5,'2023-09-29','2023-10-29',NULL,85000.00),
(13,'SH-9',7,6,'2024-03-01','2024-03-31','2024-03-27',150000.00),(14,'VL-52',6,3,'2024-04-15','2024-05-15',NULL,210000.00),(15,'GG-201',1,7,'2024-03-29','2024-04-28','2024-04-30',120000.00),
(16,'AX-99',2,7,'2024-04-26','2024-05-26',NULL,30500.00);
INSERT INTO inspections VALUES
(1,1,6,'2022-03-18','foundations','P',0),(2,1,6,'2022-11-09','electrics','R',4),(3,1,7,'2022-12-07','electrics','P',0),(4,2,7,'2022-06-22','foundations','P',1),
(5,3,6,'2022-07-05','roof','F',7),(6,3,6,'2022-09-01','roof','P',1),(7,4,7,'2023-02-14','foundations','F',12),(8,4,7,'2023-03-21','foundations','P',2),
(9,4,6,'2023-09-13','fire safety','R',5),(10,6,9,'2024-01-17','roof','P',0),(11,6,9,'2024-03-12','electrics','P',3),(12,7,7,'2023-08-30','drainage','F',9),
(13,8,6,'2024-02-20','drainage','P',NULL),(14,9,9,'2024-04-10','foundations','R',3),(15,5,7,'2023-04-26','foundations','P',1);
