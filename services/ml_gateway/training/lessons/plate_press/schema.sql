CREATE TABLE Clients (
  client_code TEXT PRIMARY KEY,
  company TEXT,
  first_name TEXT,
  last_name TEXT,
  country TEXT,
  credit_limit REAL
);
CREATE TABLE Workers (
  worker_id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  skill TEXT,
  birth_date DATE,
  wage REAL,
  team_lead INTEGER
);
CREATE TABLE Orders (
  order_id INTEGER PRIMARY KEY,
  client_code TEXT,
  taken_by INTEGER,
  checked_by INTEGER,
  item TEXT,
  qty INTEGER,
  unit_price REAL,
  order_date DATE,
  ship_date DATE,
  colour_mode TEXT
);
CREATE TABLE Complaints (
  complaint_id INTEGER PRIMARY KEY,
  order_id INTEGER,
  reason TEXT,
  reported DATE,
  credit_note REAL,
  accepted TEXT
);
INSERT INTO Clients VALUES
('ALP','Alpen Tea','Jana','Moser','Austria',2000),('BRI','Brio Toys','Luca','Ferri','Italy',5000),('CAV','Cave & Barrel','Jana','Novy','Czechia',1500),('DEL','Delta Maps','Imre','Toth','Hungary',NULL),
('EVE','Evergreen Seeds','Klara','Moser','Austria',800),('FJO','Fjord Records','Nils','Aas','Norway',3500),('GRA','Granite Club',NULL,NULL,'Austria',1000),('HEL','Helia Optics','Paola','Ferri','Italy',0);
INSERT INTO Workers VALUES
(1,'Marek','Dvorak','prepress','1971-03-14',3900,NULL),(2,'Irena','Dvorak','binding','1975-11-02',3100,1),(3,'Tomas','Kral','press','1988-06-21',3300,1),(4,'Lena','Huber','press','1996-01-30',2850,3),
(5,'Ivo','Simic','sales','1982-09-17',3500,1),(6,'Petra','Weiss','sales','1999-12-05',2600,5),(7,'Emil','Bauer','binding','1963-04-09',3250,2),(8,'Nora','Huber','apprentice','2005-08-28',1200,4);
INSERT INTO Orders VALUES
(1,'ALP',5,1,'tea box',4000,0.22,'2023-01-16','2023-01-30','CMYK'),(2,'BRI',5,3,'puzzle board',1500,1.35,'2023-02-03','2023-02-28','CMYK'),(3,'CAV',6,2,'bottle label',9000,0.06,'2023-03-08','2023-03-15','spot'),
(4,'DEL',5,1,'hiking map',2500,0.9,'2023-05-22','2023-06-19','CMYK'),(5,'ALP',6,1,'tea box',5200,0.21,'2023-09-04','2023-09-20','CMYK'),(6,'FJO',5,3,'record sleeve',700,1.1,'2023-10-11','2023-10-31','CMYK'),
(7,'EVE',6,7,'seed packet',12000,0.05,'2023-11-27','2023-12-12','spot'),(8,'BRI',5,1,'card game',2000,1.8,'2024-01-15','2024-02-16','CMYK'),(9,'DEL',6,3,'city map',1800,0.75,'2024-02-21','2024-03-11','CMYK'),
(10,'CAV',5,2,'bottle label',7500,0.07,'2024-03-18','2024-03-26','spot'),(11,'FJO',6,1,'tour poster',300,0.95,'2024-04-29','2024-05-06','grey'),(12,'EVE',6,7,'catalogue',650,2.4,'2024-05-13','2024-06-10','CMYK'),
(13,'ALP',5,1,'gift card',1000,0.18,'2024-06-03',NULL,'grey'),(14,'BRI',6,NULL,'rule booklet',2000,0.4,'2024-06-24',NULL,'grey'),(15,'GRA',5,5,'guest book',12,48,'2024-07-01','2024-07-29','grey');
INSERT INTO Complaints VALUES
(1,2,'colours too dark','2023-03-06',180,'yes'),(2,3,'glue does not hold','2023-04-11',95,'yes'),(3,4,'late delivery','2023-06-21',NULL,'no'),(4,2,'missing copies','2023-03-09',60,'yes'),(5,7,'late delivery','2023-12-15',40,'yes'),
(6,8,'colours too dark','2024-02-26',320,'yes'),(7,10,'glue does not hold','2024-04-30',110,'yes'),(8,12,'wrong page order','2024-06-14',NULL,NULL),(9,9,'late delivery','2024-03-12',NULL,'no');
