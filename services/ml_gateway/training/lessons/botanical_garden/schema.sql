CREATE TABLE gardener (
  g_id INTEGER PRIMARY KEY,
  g_name TEXT,
  g_hired DATE,
  g_status CHAR(1),
  g_weekly_hours INTEGER,
  g_boss INTEGER REFERENCES gardener(g_id)
);
CREATE TABLE bed (
  b_id INTEGER PRIMARY KEY,
  b_label TEXT,
  b_house TEXT,
  b_area_m2 REAL,
  b_keeper INTEGER REFERENCES gardener(g_id),
  b_heated INTEGER
);
CREATE TABLE plant_family (
  f_id INTEGER PRIMARY KEY,
  f_name TEXT
);
CREATE TABLE plant (
  p_id INTEGER PRIMARY KEY,
  p_latin TEXT,
  p_common TEXT,
  p_family INTEGER REFERENCES plant_family(f_id),
  p_bed INTEGER REFERENCES bed(b_id),
  p_planted DATE,
  p_height_cm INTEGER,
  p_continent TEXT,
  p_endangered TEXT
);
CREATE TABLE watering (
  w_id INTEGER PRIMARY KEY,
  w_bed INTEGER REFERENCES bed(b_id),
  w_gardener INTEGER REFERENCES gardener(g_id),
  w_at DATETIME,
  w_litres REAL
);
CREATE TABLE visitor_ticket (
  t_no INTEGER PRIMARY KEY,
  t_day DATE,
  t_kind TEXT,
  t_price DECIMAL(5,2),
  t_people INTEGER,
  t_guide INTEGER REFERENCES gardener(g_id),
  t_postcode TEXT
);
INSERT INTO gardener VALUES
(1,'Walter Ebbing','2003-04-01','A',38,NULL),
(2,'Ingeborg Paust','2010-03-15','A',38,1),
(3,'Lorenzo Riva','2008-05-02','A',30,2),
(4,'Maja Kranjc','2020-09-01','A',20,2),
(5,'Tim Oberle','2021-04-19','I',38,1),
(6,'Adele Fournier','2022-02-28','A',25,3),
(7,'Hamza Saidi','2023-03-06','A',38,3),
(8,'Ruth Vollmer','2015-10-12','I',15,1),
(9,'Jule Anders','2024-04-01','A',10,NULL);
INSERT INTO bed VALUES
(1,'Rose Walk','outdoors',140.0,2,0),(2,'Palm Hall','Great Glasshouse',310.5,3,1),(3,'Cactus Bench','Dry House',45.0,7,1),
(4,'Fern Grotto','Cool House',62.5,3,0),(5,'Alpine Rockery','outdoors',88.0,4,0),(6,'Orchid Table','Great Glasshouse',24.0,6,1),
(7,'Herb Spiral','outdoors',36.0,NULL,0),(8,'Water Lily Basin','Great Glasshouse',120.0,3,1),(9,'Nursery','Cool House',55.0,2,0);
INSERT INTO plant_family VALUES (1,'Rosaceae'),(2,'Arecaceae'),(3,'Cactaceae'),(4,'Orchidaceae'),(5,'Lamiaceae'),(6,'Nymphaeaceae'),(7,'Gentianaceae'),(8,'Proteaceae');
INSERT INTO plant VALUES
(1,'Rosa gallica','Gallic rose',1,1,'2011-04-12',130,'Europe','no'),
(2,'Rosa rugosa','beach rose',1,1,'2014-10-03',150,'Asia','no'),
(3,'Phoenix canariensis','Canary palm',2,2,'2005-06-20',720,'Africa','no'),
(4,'Jubaea chilensis','wine palm',2,2,'2009-05-30',910,'South America','yes'),
(5,'Hyophorbe verschaffeltii','spindle palm',2,2,'2019-06-11',280,'Africa','yes'),
(6,'Echinocactus grusonii','golden barrel',3,3,'2012-03-08',64,'North America','yes'),
(7,'Opuntia ficus-indica','prickly pear',3,3,'2016-04-25',185,'North America','no'),
(8,'Mammillaria hahniana',NULL,3,3,'2022-05-05',12,'North America','no'),
(9,'Paphiopedilum rothschildianum','Kinabalu orchid',4,6,'2021-02-17',38,'Asia','yes'),
(10,'Dendrobium nobile','noble orchid',4,6,'2022-09-14',45,'Asia','no'),
(11,'Salvia officinalis','sage',5,7,'2023-04-18',52,'Europe','no'),
(12,'Mentha spicata','spearmint',5,7,'2023-04-18',41,'Europe','no'),
(13,'Thymus serpyllum','wild thyme',5,5,'2020-05-09',8,'Europe','no'),
(14,'Victoria cruziana','Santa Cruz lily',6,8,'2023-05-22',30,'South America','no'),
(15,'Nymphaea thermarum','pygmy lily',6,8,'2021-06-01',5,'Africa','yes'),
(16,'Gentiana acaulis','trumpet gentian',7,5,'2017-09-28',10,'Europe','no'),
(17,'Sorbus aucuparia','rowan',1,NULL,'2008-11-06',640,'Europe','no'),
(18,'Potentilla nitida',NULL,1,5,'2022-04-29',7,'Europe','no'),
(19,'Vanda coerulea','blue orchid',4,6,'2023-10-02',NULL,'Asia','yes');
INSERT INTO watering VALUES
(1,1,2,'2023-05-03 07:30:00',180),(2,2,3,'2023-05-03 08:00:00',260),(3,6,6,'2023-05-04 09:10:00',12),(4,3,7,'2023-05-10 10:00:00',15),
(5,1,4,'2023-06-12 06:45:00',240),(6,8,3,'2023-06-12 08:20:00',400),(7,7,5,'2023-07-01 07:15:00',60),(8,5,4,'2023-07-02 06:50:00',75),
(9,2,3,'2023-07-18 08:05:00',310),(10,1,2,'2023-08-21 07:00:00',220),(11,6,6,'2024-01-15 10:30:00',10),(12,2,7,'2024-01-22 09:45:00',190),
(13,3,7,'2024-03-04 11:00:00',18),(14,4,3,'2024-03-05 08:40:00',35),(15,7,4,'2024-05-13 07:20:00',55),(16,1,2,'2024-05-27 06:55:00',205),
(17,6,3,'2024-06-03 09:00:00',14),(18,8,7,'2024-06-10 08:30:00',NULL),(19,2,3,'2024-06-24 07:50:00',335),(20,5,4,'2024-07-08 06:40:00',82);
INSERT INTO visitor_ticket VALUES
(9001,'2023-04-15','adult',8.50,2,NULL,'79102'),(9002,'2023-04-15','family',19.00,4,NULL,'79098'),(9003,'2023-05-06','tour',14.00,6,3,'4057'),
(9004,'2023-05-28','school',3.00,24,2,'79110'),(9005,'2023-06-17','adult',8.50,1,NULL,NULL),(9006,'2023-06-17','child',4.00,1,NULL,'79102'),
(9007,'2023-07-22','tour',14.00,9,3,'79106'),(9008,'2023-09-09','family',19.00,5,NULL,'68161'),(9009,'2023-12-03','adult',8.50,2,NULL,'79098'),
(9010,'2024-02-18','adult',9.00,3,NULL,'79102'),(9011,'2024-04-13','school',3.50,28,6,'79110'),(9012,'2024-05-04','tour',15.00,11,2,'4057'),
(9013,'2024-05-19','family',20.00,4,NULL,NULL),(9014,'2024-06-08','child',4.50,2,NULL,'79104'),(9015,'2024-06-30','tour',15.00,7,3,'79102'),
(9016,'2024-07-13','adult',9.00,1,NULL,'68161');
