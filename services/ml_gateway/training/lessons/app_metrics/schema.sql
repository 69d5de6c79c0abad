CREATE TABLE app_users (
  user_id INTEGER PRIMARY KEY,
  username TEXT,
  country_code TEXT,
  language TEXT,
  signup_date DATE,
  acquisition_channel TEXT,
  age INTEGER,
  newsletter_opt_in TEXT,
  deleted_at DATETIME
);
CREATE TABLE devices (
  device_id INTEGER PRIMARY KEY,
  user_id INTEGER,
  model_name TEXT,
  os TEXT,
  os_version TEXT,
  first_seen DATE,
  last_seen DATE,
  FOREIGN KEY (user_id) REFERENCES app_users(user_id)
);
CREATE TABLE app_versions (
  version TEXT PRIMARY KEY,
  released_on DATE,
  size_mb REAL,
  is_mandatory BOOLEAN
);
CREATE TABLE sessions (
  session_id INTEGER PRIMARY KEY,
  device_id INTEGER,
  version TEXT,
  started_at DATETIME,
  duration_s INTEGER,
  crashed BOOLEAN,
  network TEXT,
  FOREIGN KEY (device_id) REFERENCES devices(device_id),
  FOREIGN KEY (version) REFERENCES app_versions(version)
);
CREATE TABLE event_types (
  event_type_id INTEGER PRIMARY KEY,
  event_name TEXT,
  event_group TEXT
);
CREATE TABLE session_events (
  event_id INTEGER PRIMARY KEY,
  session_id INTEGER,
  event_type_id INTEGER,
  screen TEXT,
  occurred_at DATETIME,
  amount REAL,
  FOREIGN KEY (session_id) REFERENCES sessions(session_id),
  FOREIGN KEY (event_type_id) REFERENCES event_types(event_type_id)
);
CREATE TABLE plans (
  plan_id INTEGER PRIMARY KEY,
  plan_name TEXT,
  monthly_price DECIMAL(6,2),
  max_devices INTEGER
);
CREATE TABLE subscriptions (
  subscription_id INTEGER PRIMARY KEY,
  user_id INTEGER,
  plan_id INTEGER,
  start_date DATE,
  end_date DATE,
  cancel_reason TEXT,
  FOREIGN KEY (user_id) REFERENCES app_users(user_id),
  FOREIGN KEY (plan_id) REFERENCES plans(plan_id)
);
INSERT INTO app_users VALUES
(1,'pia.k','DE','de','2022-11-03','search',34,'yes',NULL),
(2,'bigdan','US','en','2022-12-19','ads',27,'no',NULL),
(3,'yuki88','JP','ja','2023-01-22','friend',36,'yes',NULL),
(4,'marcolino','IT','it','2023-02-14','ads',NULL,'no','2023-09-01 10:12:00'),
(5,'sunny_day','US','en','2023-03-30','search',45,'yes',NULL),
(6,'lars.b','DE','de','2023-06-08','friend',19,'no',NULL),
(7,'zoe-zoe','FR','fr','2023-07-17','ads',22,'yes',NULL),
(8,'oldman','US','es','2023-10-25','press',71,'no',NULL),
(9,'haruki','JP','ja','2024-01-05','ads',29,'yes','2024-04-30 08:00:00'),
(10,'nina.n','DE','en','2024-02-11','press',NULL,'yes',NULL),
(11,'tomtom','FR','fr','2024-03-28','search',41,'no',NULL),
(12,'ghost7','BR','pt','2024-05-16','ads',33,'no',NULL),
(13,'jo_fields','US','en','2024-06-02','ads',24,'yes',NULL);
INSERT INTO devices VALUES
(101,1,'Orbit 9','android','13','2022-11-03','2024-05-20'),
(102,1,'Slate Pad','android','12','2023-04-10','2024-01-02'),
(103,2,'Pome 14','ios','16','2022-12-19','2024-06-01'),
(104,3,'Pome 13','ios','15','2023-01-22','2023-12-24'),
(105,4,'Orbit 9','android','13','2023-02-14','2023-08-30'),
(106,5,'Pome 14','ios','16','2023-03-30','2024-05-29'),
(107,5,'Pome Tab','ios','17','2023-12-26','2024-05-30'),
(108,6,'Orbit 7','android','11','2023-06-08','2023-06-20'),
(109,7,'Nimbus X','android','14','2023-07-17','2024-06-03'),
(110,8,'Orbit 7','android','11','2023-10-25','2024-03-11'),
(111,9,'Pome 15','ios','17','2024-01-05','2024-04-29'),
(112,10,'Nimbus X','android','14','2024-02-11','2024-05-05'),
(113,11,'Pome 14','ios','17','2024-03-28','2024-03-28'),
(114,2,'Old Brick','android','9','2022-12-20',NULL);
INSERT INTO app_versions VALUES
('1.0','2022-10-15',38.2,1),('1.1','2023-03-01',39.5,0),('1.2','2023-08-21',44.0,0),('2.0','2024-01-10',61.7,1),('2.1','2024-05-06',60.3,0),('2.2','2024-06-20',64.8,0);
INSERT INTO sessions VALUES
(1,101,'1.0','2022-11-03 18:02:00',610,0,'wifi'),(2,103,'1.0','2022-12-19 07:45:00',95,1,'mobile'),
(3,104,'1.0','2023-01-22 21:15:00',1320,0,'wifi'),(4,101,'1.0','2023-02-05 12:00:00',240,0,'mobile'),
(5,105,'1.0','2023-02-14 20:20:00',480,0,'wifi'),(6,106,'1.1','2023-03-30 09:31:00',75,0,'wifi'),
(7,102,'1.1','2023-04-10 19:00:00',1810,0,'wifi'),(8,108,'1.1','2023-06-08 15:12:00',30,1,'mobile'),
(9,109,'1.1','2023-07-17 22:47:00',905,0,'mobile'),(10,105,'1.2','2023-08-30 08:05:00',12,1,'wifi'),
(11,104,'1.2','2023-09-12 21:40:00',1515,0,'wifi'),(12,110,'1.2','2023-10-25 11:11:00',360,0,'wifi'),
(13,104,'1.2','2023-12-24 17:30:00',2010,0,'wifi'),(14,107,'1.2','2023-12-26 10:00:00',720,0,'wifi'),
(15,111,'1.2','2024-01-05 13:25:00',150,0,'mobile'),(16,101,'2.0','2024-01-15 18:40:00',530,0,'wifi'),
(17,112,'2.0','2024-02-11 16:05:00',290,1,'mobile'),(18,103,'2.0','2024-02-20 07:50:00',1100,0,'mobile'),
(19,110,'2.0','2024-03-11 10:30:00',45,1,'wifi'),(20,113,'2.0','2024-03-28 23:10:00',NULL,1,'mobile'),
(21,111,'2.0','2024-04-29 19:19:00',80,0,'wifi'),(22,109,'2.1','2024-05-09 22:00:00',1240,0,'wifi'),
(23,107,'2.1','2024-05-30 20:15:00',990,0,'wifi'),(24,103,'2.1','2024-06-01 06:55:00',415,0,'mobile'),
(25,109,'2.1','2024-06-03 21:05:00',670,0,'wifi');
INSERT INTO event_types VALUES
(1,'signup_complete','account'),(2,'recipe_opened','content'),(3,'recipe_saved','content'),(4,'purchase','revenue'),(5,'share','social'),(6,'search_used','content'),(7,'profile_photo_set','account');
INSERT INTO session_events VALUES
(1,1,1,'welcome','2022-11-03 18:03:10',NULL),(2,1,2,'home','2022-11-03 18:05:00',NULL),
(3,2,1,'welcome','2022-12-19 07:46:00',NULL),(4,3,1,'welcome','2023-01-22 21:16:00',NULL),
(5,3,3,'detail','2023-01-22 21:25:00',NULL),(6,3,4,'shop','2023-01-22 21:31:00',9.99),
(7,4,6,'home','2023-02-05 12:01:00',NULL),(8,5,1,'welcome','2023-02-14 20:21:00',NULL),
(9,7,2,'home','2023-04-10 19:04:00',NULL),(10,7,3,'detail','2023-04-10 19:09:00',NULL),
(11,7,4,'shop','2023-04-10 19:22:00',24.5),(12,9,1,'welcome','2023-07-17 22:48:00',NULL),
(13,9,5,'detail','2023-07-17 22:55:00',NULL),(14,11,2,'home','2023-09-12 21:44:00',NULL),
(15,11,4,'shop','2023-09-12 21:58:00',4.99),(16,13,5,'detail','2023-12-24 17:40:00',NULL),
(17,13,4,'shop','2023-12-24 17:52:00',49),(18,14,6,'home','2023-12-26 10:02:00',NULL),
(19,16,2,'search','2024-01-15 18:43:00',NULL),(20,18,4,'shop','2024-02-20 08:01:00',14.99),
(21,22,3,'detail','2024-05-09 22:10:00',NULL),(22,22,5,'detail','2024-05-09 22:12:00',NULL),
(23,23,4,'shop','2024-05-30 20:22:00',19.9),(24,24,6,'search','2024-06-01 06:57:00',NULL);
INSERT INTO plans VALUES
(1,'Free',0,1),(2,'Plus',4.99,2),(3,'Family',9.99,6),(4,'Chef Pro',19.99,3);
INSERT INTO subscriptions VALUES
(1,1,1,'2022-11-03','2023-03-31',NULL),(2,1,3,'2023-04-01',NULL,NULL),(3,2,1,'2022-12-19',NULL,NULL),
(4,3,2,'2023-01-22','2023-10-21','too expensive'),(5,3,3,'2023-10-22',NULL,NULL),(6,4,2,'2023-02-14','2023-09-01','bugs'),
(7,5,2,'2023-04-02',NULL,NULL),(8,6,1,'2023-06-08',NULL,NULL),(9,7,2,'2023-08-01','2024-02-29','not used'),
(10,7,1,'2024-03-01',NULL,NULL),(11,8,1,'2023-10-25','2024-03-12','bugs'),(12,9,2,'2024-01-05','2024-04-30','too expensive'),
(13,10,3,'2024-02-12',NULL,NULL),(14,11,1,'2024-03-28',NULL,NULL);
