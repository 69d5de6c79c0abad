CREATE TABLE artist (
  id INTEGER PRIMARY KEY,
  stage_name TEXT NOT NULL,
  real_name TEXT,
  home_country TEXT,
  signed_on DATE,
  contract_ends DATE,
  is_band BOOLEAN
);
CREATE TABLE genre (
  id INTEGER PRIMARY KEY,
  title TEXT,
  parent_id INTEGER REFERENCES genre(id)
);
CREATE TABLE album_release (
  id INTEGER PRIMARY KEY,
  artist_id INTEGER REFERENCES artist(id),
  title TEXT,
  kind TEXT,
  release_date DATE,
  production_cost INTEGER,
  genre_id INTEGER REFERENCES genre(id)
);
CREATE TABLE song (
  id INTEGER PRIMARY KEY,
  release_id INTEGER REFERENCES album_release(id),
  track_no INTEGER,
  title TEXT,
  seconds INTEGER,
  explicit INTEGER,
  isrc TEXT
);
CREATE TABLE feature (
  song_id INTEGER REFERENCES song(id),
  artist_id INTEGER REFERENCES artist(id),
  part TEXT,
  PRIMARY KEY (song_id, artist_id)
);
CREATE TABLE territory (
  code TEXT PRIMARY KEY,
  name TEXT,
  continent TEXT,
  rate_per_1000 REAL
);
CREATE TABLE monthly_plays (
  song_id INTEGER,
  territory_code TEXT,
  month TEXT,
  plays INTEGER,
  skips INTEGER,
  PRIMARY KEY (song_id, territory_code, month)
);
CREATE TABLE royalty_payment (
  id INTEGER PRIMARY KEY,
  artist_id INTEGER REFERENCES artist(id),
  amount DECIMAL(10,2),
  due_date DATE,
  paid_date DATE,
  method TEXT
);
INSERT INTO artist VALUES
 (1,'Velvet Static',NULL,'Ireland','2020-03-01','2025-02-28',1),
 (2,'Mira Kolt','Miroslava Koltova','Slovakia','2021-06-15','2024-06-14',0),
 (3,'DJ Halden','Per Halden','Norway','2019-11-20','2026-11-19',0),
 (4,'Paper Lanterns',NULL,'Japan','2022-01-10',NULL,1),
 (5,'Oko Sun','Okoro Sunday','Nigeria','2022-08-05','2025-08-04',0),
 (6,'The Night Tram',NULL,'Ireland','2023-02-17','2026-02-16',1),
 (7,'Ines Duarte','Ines Duarte','Portugal','2023-09-01','2025-08-31',0),
 (8,'Low Tide Choir',NULL,'Norway','2024-01-22',NULL,1),
 (9,'Cass Aurel','Cassandra Aurel','France','2024-04-30','2027-04-29',0);
INSERT INTO genre VALUES (1,'Electronic',NULL),(2,'Ambient',1),(3,'House',1),(4,'Rock',NULL),(5,'Shoegaze',4),(6,'Pop',NULL),(7,'Afrobeat',6),(8,'Folk',NULL),(9,'Jazz',NULL);
INSERT INTO album_release VALUES
 (1,1,'Grey Weather','album','2021-04-09',18000,5),
 (2,1,'Tin Roof','single','2022-10-21',1500,4),
 (3,2,'Borderline Girl','album','2022-03-18',22500,6),
 (4,3,'Fjord Signals','album','2021-11-05',9000,2),
 (5,3,'Midnight Ferry','ep','2023-01-27',4200,2),
 (6,4,'Kites','ep','2022-07-08',5100,5),
 (7,5,'Lagos Morning','album','2023-05-12',26000,7),
 (8,5,'Hot Asphalt','single','2024-02-02',2100,7),
 (9,6,'Last Stop','album','2023-10-13',15500,4),
 (10,7,'Mar Alto','ep','2024-03-22',6800,8),
 (11,3,'Static Bloom','single','2024-06-07',NULL,2),
 (12,8,'Hollow Bells','album','2024-09-20',12000,NULL);
INSERT INTO song VALUES
 (1,1,1,'Grey Weather',254,0,'IE-A01-21-001'),(2,1,2,'Umbrella Thief',198,0,'IE-A01-21-002'),(3,1,3,'Slow Rain',341,0,'IE-A01-21-003'),
 (4,2,1,'Tin Roof',187,1,'IE-A01-22-001'),(5,3,1,'Borderline Girl',205,0,'SK-B02-22-001'),(6,3,2,'Glass Heels',176,1,'SK-B02-22-002'),(7,3,3,'Letters',222,0,NULL),
 (8,4,1,'Signal One',402,0,'NO-C03-21-001'),(9,4,2,'Signal Two',388,0,'NO-C03-21-002'),(10,5,1,'Midnight Ferry',315,0,'NO-C03-23-001'),
 (11,6,1,'Red Kite',233,0,'JP-D04-22-001'),(12,6,2,'Paper Wind',247,0,NULL),(13,7,1,'Lagos Morning',212,0,'NG-E05-23-001'),(14,7,2,'Danfo',194,1,'NG-E05-23-002'),
 (15,7,3,'Mama Said',228,0,'NG-E05-23-003'),(16,8,1,'Hot Asphalt',181,1,'NG-E05-24-001'),(17,9,1,'Last Stop',268,0,'IE-F06-23-001'),(18,9,2,'Letters',239,0,'IE-F06-23-002'),
 (19,10,1,'Mar Alto',291,0,'PT-G07-24-001'),(20,11,1,'Static Bloom',364,0,'NO-C03-24-001');
INSERT INTO feature VALUES
 (5,3,'remixer'),(6,5,'vocals'),(10,2,'vocals'),(14,3,'producer'),(16,2,'vocals'),(18,7,'vocals'),(19,1,'guitar'),(20,1,'guitar'),(15,7,'vocals'),(13,3,'producer');
INSERT INTO territory VALUES
 ('IE','Ireland','Europe',4.10),('NO','Norway','Europe',4.85),('DE','Germany','Europe',3.90),('NG','Nigeria','Africa',1.20),
 ('JP','Japan','Asia',3.55),('BR','Brazil','South America',1.65),('US','United States','North America',4.40),('CL','Chile','South America',1.50);
INSERT INTO monthly_plays VALUES
 (1,'IE','2023-11',5200,410),(1,'US','2023-11',8100,900),(4,'IE','2023-12',3050,150),(5,'DE','2023-12',6900,820),(5,'US','2024-01',7400,1010),
 (6,'DE','2024-01',2300,330),(8,'NO','2023-11',4800,120),(8,'JP','2024-02',3900,95),(10,'NO','2024-01',6150,280),(10,'DE','2024-02',5600,310),
 (11,'JP','2023-12',8800,400),(11,'JP','2024-01',9250,460),(13,'NG','2023-11',15200,700),(13,'US','2024-02',12100,1350),(14,'NG','2024-01',9900,620),
 (16,'NG','2024-02',18400,1100),(16,'BR','2024-03',4100,520),(17,'IE','2023-12',2750,180),(17,'US','2024-03',3300,405),(18,'IE','2024-01',1900,90),
 (19,'BR','2024-03',7700,240),(5,'NO','2024-03',2100,160),(2,'IE','2023-11',1400,75),(13,'NG','2024-03',16050,820);
INSERT INTO royalty_payment VALUES
 (1,1,1840.50,'2023-06-30','2023-07-04','bank'),(2,2,2210.00,'2023-06-30','2023-06-28','bank'),(3,3,1325.75,'2023-06-30','2023-08-11','paypal'),
 (4,5,3990.20,'2023-12-31','2023-12-30','bank'),(5,1,1502.10,'2023-12-31','2024-01-15','bank'),(6,3,1611.40,'2023-12-31','2023-12-29','paypal'),
 (7,4,980.00,'2023-12-31',NULL,NULL),(8,5,5105.60,'2024-06-30','2024-07-02','bank'),(9,2,1780.35,'2024-06-30',NULL,NULL),
 (10,6,640.90,'2024-06-30','2024-06-30','cheque'),(11,7,455.25,'2024-06-30','2024-07-19','paypal'),(12,1,1120.00,'2024-06-30',NULL,NULL);
