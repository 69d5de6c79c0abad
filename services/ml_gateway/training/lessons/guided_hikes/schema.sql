CREATE TABLE region (
  region_id INTEGER PRIMARY KEY,
  region_name TEXT,
  country TEXT,
  highest_m INTEGER
);
CREATE TABLE guide (
  guide_id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  licence_level TEXT,
  home_region_id INTEGER REFERENCES region(region_id),
  day_rate INTEGER,
  licence_until DATE
);
CREATE TABLE guide_language (
  guide_id INTEGER REFERENCES guide(guide_id),
  language TEXT,
  PRIMARY KEY (guide_id, language)
);
CREATE TABLE hut (
  hut_id INTEGER PRIMARY KEY,
  hut_name TEXT,
  region_id INTEGER REFERENCES region(region_id),
  altitude_m INTEGER,
  beds INTEGER,
  price_night DECIMAL(6,2),
  has_shower TEXT
);
CREATE TABLE tour (
  tour_id INTEGER PRIMARY KEY,
  tour_name TEXT,
  region_id INTEGER REFERENCES region(region_id),
  difficulty TEXT,
  days INTEGER,
  distance_km REAL,
  price DECIMAL(8,2),
  start_hut_id INTEGER REFERENCES hut(hut_id),
  end_hut_id INTEGER REFERENCES hut(hut_id)
);
CREATE TABLE departure (
  departure_id INTEGER PRIMARY KEY,
  tour_id INTEGER REFERENCES tour(tour_id),
  lead_guide_id INTEGER REFERENCES guide(guide_id),
  second_guide_id INTEGER REFERENCES guide(guide_id),
  start_date DATE,
  max_hikers INTEGER,
  cancelled BOOLEAN
);
CREATE TABLE hiker (
  hiker_id INTEGER PRIMARY KEY,
  full_name TEXT,
  country TEXT,
  birth_year INTEGER,
  email TEXT,
  newsletter TEXT,
  referred_by INTEGER REFERENCES hiker(hiker_id)
);
CREATE TABLE booking (
  booking_no INTEGER PRIMARY KEY,
  hiker_id INTEGER REFERENCES hiker(hiker_id),
  departure_id INTEGER REFERENCES departure(departure_id),
  booked_on DATE,
  persons INTEGER,
  amount_paid DECIMAL(9,2),
  status TEXT,
  rating INTEGER
);
INSERT INTO region VALUES (1,'Silvretta','Austria',3410),(2,'Dachstein','Austria',2995),(3,'Rila','Bulgaria',2925),(4,'Picos de Europa','Spain',2650),(5,'Lofoten','Norway',1146),(6,'Triglav','Slovenia',2864),(7,'Azores','Portugal',2351),(8,'Pyrenees East','Spain',2921);
INSERT INTO guide VALUES
 (1,'Magda','Ziller','A',1,320,'2026-03-31'),(2,'Jure','Kranjc','A',6,290,'2025-12-31'),(3,'Elena','Ivanova','B',3,180,'2025-06-30'),(4,'Pau','Serra','B',8,210,'2024-10-31'),
 (5,'Sigrid','Nes','A',5,340,'2027-01-31'),(6,'Toni','Ziller','C',1,150,NULL),(7,'Carmen','Vega','B',4,205,'2026-09-30'),(8,'Rui','Teles','C',7,160,'2025-04-30'),(9,'Anja','Kofler','B',NULL,215,'2024-12-31');
INSERT INTO guide_language VALUES (1,'German'),(1,'English'),(1,'Italian'),(2,'Slovene'),(2,'English'),(2,'German'),(3,'Bulgarian'),(3,'English'),(4,'Catalan'),(4,'Spanish'),(5,'Norwegian'),(5,'English'),(5,'German'),(5,'French'),(6,'German'),(7,'Spanish'),(7,'English'),(8,'Portuguese');
INSERT INTO hut VALUES
 (1,'Falkenhaus',1,2290,64,38.00,'yes'),(2,'Gletscherblick',1,2580,40,42.50,'no'),(3,'Karlshutte',2,1875,90,35.00,'yes'),(4,'Sieben Seen',3,2190,55,18.00,'no'),
 (5,'Refugio Alto',4,1720,28,21.00,'no'),(6,'Refugio del Rio',4,980,34,24.00,'yes'),(7,'Nordlys Cabin',5,310,12,46.00,NULL),(8,'Koca pod Vrhom',6,2150,75,27.50,'no'),
 (9,'Dolina Dom',6,1050,110,25.00,'yes'),(10,'Refugi Blau',8,2310,45,26.00,'yes'),(11,'Steinbock',2,2205,22,33.00,'no');
INSERT INTO tour VALUES
 (1,'Silvretta Ridge',1,'hard',6,78.5,1190.00,1,2),(2,'Dachstein Loop',2,'medium',4,49.0,690.00,3,3),(3,'Seven Lakes of Rila',3,'easy',3,31.0,360.00,4,4),(4,'Gorge and Peak',4,'medium',5,61.5,740.00,6,5),
 (5,'Lofoten Shores',5,'hard',7,84.0,1480.00,7,7),(6,'Three Valleys',6,'medium',5,66.0,820.00,9,8),(7,'Triglav Summit',6,'hard',3,28.5,610.00,9,8),(8,'Catalan Lakes',8,'easy',4,42.0,540.00,10,10),
 (9,'Island Craters',7,'easy',5,47.0,880.00,NULL,NULL),(10,'Winter Snowshoes',1,'medium',3,22.0,450.00,1,1);
INSERT INTO departure VALUES
 (1,1,1,6,'2023-07-08',10,0),(2,1,1,NULL,'2024-07-13',8,0),(3,2,9,NULL,'2023-06-24',12,0),(4,3,3,NULL,'2023-08-05',14,0),(5,3,3,NULL,'2024-06-15',14,1),
 (6,4,7,4,'2023-09-09',12,0),(7,5,5,NULL,'2024-06-22',8,0),(8,6,2,NULL,'2023-07-22',10,0),(9,6,2,3,'2024-08-24',10,0),(10,7,2,NULL,'2024-07-06',6,0),
 (11,8,7,NULL,'2024-05-18',12,0),(12,10,1,6,'2024-02-10',9,0),(13,2,9,6,'2024-09-14',12,1),(14,8,7,4,'2023-05-20',12,0),(15,6,2,NULL,'2023-09-02',10,0);
INSERT INTO hiker VALUES
 (1,'Laura Peters','Germany',1985,'laura@peters.test','yes',NULL),(2,'Tim Vogel','Germany',1990,'tim.vogel@mail.test','no',1),(3,'Anouk Meijer','Netherlands',1978,'anouk@meijer.test','yes',1),
 (4,'Sam Whitfield','United Kingdom',1969,NULL,'no',NULL),(5,'Giulia Rossi','Italy',1996,'giulia@mail.test','yes',3),(6,'Bram de Wit','Netherlands',1982,'bram@mail.test','yes',3),
 (7,'Hilde Krog','Denmark',1958,'hilde@krog.test',NULL,NULL),(8,'Marek Zeman','Czechia',1993,'marek@zeman.test','no',2),(9,'Olivia Hart','United Kingdom',2001,'olivia@mail.test','yes',4),
 (10,'Jens Holm','Denmark',1974,NULL,'no',NULL),(11,'Lara Vogel','Germany',1992,'lara.vogel@mail.test','yes',1),(12,'Emil Novy','Czechia',1987,'emil@novy.test','yes',NULL),
 (13,'Felix Auer','Austria',1980,'felix@auer.test','no',11);
INSERT INTO booking VALUES
 (901,1,1,'2023-02-14',2,2380.00,'confirmed',5),(902,2,1,'2023-03-01',1,1190.00,'confirmed',4),(903,3,3,'2023-03-19',2,1380.00,'confirmed',3),(904,4,4,'2023-04-22',1,360.00,'confirmed',4),
 (905,5,6,'2023-06-30',3,2220.00,'confirmed',5),(906,6,8,'2023-05-05',2,1560.00,'confirmed',4),(907,1,8,'2023-05-09',1,820.00,'cancelled',NULL),(908,7,14,'2023-01-28',2,1080.00,'confirmed',2),
 (909,1,7,'2024-01-11',2,2960.00,'confirmed',5),(910,8,2,'2024-02-03',1,1190.00,'confirmed',NULL),(911,9,11,'2024-02-20',4,2160.00,'confirmed',4),(912,5,9,'2024-03-15',1,820.00,'confirmed',5),
 (913,3,5,'2024-03-22',2,0.00,'cancelled',NULL),(914,10,12,'2023-12-02',1,450.00,'confirmed',3),(915,2,10,'2024-04-08',1,610.00,'confirmed',4),(916,6,13,'2024-05-27',2,1380.00,'pending',NULL),
 (917,11,7,'2024-01-19',1,1480.00,'confirmed',4),(918,3,9,'2024-04-30',2,1640.00,'pending',NULL),(919,1,12,'2023-11-15',1,450.00,'confirmed',4);
