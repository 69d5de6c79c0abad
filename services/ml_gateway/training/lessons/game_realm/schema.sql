CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  nickname TEXT,
  email TEXT,
  country TEXT,
  birth_date DATE,
  registered_on DATE,
  is_banned INTEGER,
  invited_by INTEGER,
  FOREIGN KEY (invited_by) REFERENCES players(id)
);
CREATE TABLE guilds (
  id INTEGER PRIMARY KEY,
  name TEXT,
  motto TEXT,
  founded_on DATE,
  treasury_gold INTEGER
);
CREATE TABLE heroes (
  id INTEGER PRIMARY KEY,
  player_id INTEGER,
  name TEXT,
  class TEXT,
  level INTEGER,
  gold INTEGER,
  created_on DATE,
  FOREIGN KEY (player_id) REFERENCES players(id)
);
CREATE TABLE guild_members (
  guild_id INTEGER,
  hero_id INTEGER,
  rank TEXT,
  joined_on DATE,
  PRIMARY KEY (guild_id, hero_id),
  FOREIGN KEY (guild_id) REFERENCES guilds(id),
  FOREIGN KEY (hero_id) REFERENCES heroes(id)
);
CREATE TABLE duels (
  id INTEGER PRIMARY KEY,
  winner_id INTEGER,
  loser_id INTEGER,
  arena TEXT,
  fought_at DATETIME,
  duration_sec INTEGER,
  prize_gold INTEGER,
  FOREIGN KEY (winner_id) REFERENCES heroes(id),
  FOREIGN KEY (loser_id) REFERENCES heroes(id)
);
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  name TEXT,
  category TEXT,
  rarity TEXT,
  price INTEGER,
  required_level INTEGER
);
CREATE TABLE hero_items (
  hero_id INTEGER,
  item_id INTEGER,
  qty INTEGER,
  obtained_on DATE,
  PRIMARY KEY (hero_id, item_id),
  FOREIGN KEY (hero_id) REFERENCES heroes(id),
  FOREIGN KEY (item_id) REFERENCES items(id)
);
INSERT INTO players VALUES
(1,'Moonfox','moonfox@post.example','Norway','1996-04-11','2022-01-15',0,NULL),
(2,'Grimtoe','grim@toe.example','Poland','1988-09-30','2022-03-02',0,1),
(3,'LadyAsh',NULL,'Poland','2001-02-17','2022-03-20',0,1),
(4,'Zappo','zappo@mail.example','Brazil','1999-12-05','2022-07-08',1,NULL),
(5,'Kettle','kettle@mail.example','Canada','1979-06-23','2023-01-19',0,2),
(6,'Nightowl','owl@post.example','Norway','2003-08-14','2023-02-27',0,1),
(7,'Brakka',NULL,'Brazil','1994-01-28','2023-05-11',0,4),
(8,'Sootpaw','soot@paw.example','Japan','1990-10-09','2023-09-03',0,NULL),
(9,'Quillon','quillon@post.example','Canada',NULL,'2024-01-06',1,5),
(10,'Tumbleweed','tw@mail.example','Poland','1985-03-19','2024-02-14',0,2),
(11,'Mirabel','mirabel@post.example','Japan','2000-07-01','2024-06-22',0,8),
(12,'Oddjob',NULL,'Chile',NULL,'2024-08-30',0,NULL);
INSERT INTO guilds VALUES
(1,'Iron Lanterns','Light before steel','2022-02-01',15400),
(2,'Salt Ravens','We come with the tide','2022-06-18',8200),
(3,'Order of the Thimble',NULL,'2023-03-09',21950),
(4,'Dust Pilgrims','Walk on','2023-11-25',640),
(5,'Velvet Fangs',NULL,'2024-05-04',0);
INSERT INTO heroes VALUES
(1,1,'Ylva','ranger',41,1250,'2022-01-15'),
(2,1,'Torvald','warrior',18,300,'2022-09-10'),
(3,2,'Bolko','warrior',55,8900,'2022-03-02'),
(4,3,'Cinder','mage',47,4120,'2022-03-21'),
(5,3,'Ember','healer',22,610,'2023-01-07'),
(6,3,'Soot','rogue',9,45,'2024-03-15'),
(7,4,'Bang','mage',33,2700,'2022-07-08'),
(8,5,'Copperpot','healer',60,12750,'2023-01-20'),
(9,6,'Strix','rogue',28,980,'2023-02-27'),
(10,7,'Jandira','ranger',36,1505,'2023-05-12'),
(11,8,'Kuro','rogue',51,6600,'2023-09-03'),
(12,8,'Shiro','healer',14,150,'2023-12-24'),
(13,9,'Parchment','mage',12,90,'2024-01-06'),
(14,10,'Dusty','warrior',25,735,'2024-02-15'),
(15,11,'Hotaru','mage',7,20,'2024-06-23'),
(16,10,'Ember','ranger',3,5,'2024-07-19');
INSERT INTO guild_members VALUES
(1,1,'leader','2022-02-01'),(1,3,'officer','2022-04-12'),(1,9,'member','2023-03-05'),(1,2,'member','2022-10-01'),(1,8,'officer','2023-02-02'),
(2,4,'leader','2022-06-18'),(2,7,'member','2022-08-20'),(2,10,'member','2023-06-01'),
(3,11,'leader','2023-10-11'),(3,12,'member','2024-01-03'),(3,5,'officer','2023-03-09'),(3,15,'member','2024-07-02'),
(4,14,'leader','2024-02-20'),(2,13,'member','2024-01-30'),(4,10,'officer','2024-04-17');
INSERT INTO duels VALUES
(1,3,1,'Sunken Court','2022-05-14 19:20:00',185,100),
(2,4,7,'Glass Pit','2022-09-02 21:05:00',92,60),
(3,3,4,'Sunken Court','2022-11-23 20:40:00',310,250),
(4,1,2,'Old Mill','2023-01-30 18:00:00',44,20),
(5,8,3,'Sunken Court','2023-04-08 22:15:00',402,400),
(6,9,5,'Old Mill','2023-06-17 17:45:00',120,45),
(7,8,7,'Glass Pit','2023-08-21 20:00:00',275,180),
(8,10,9,'Old Mill','2023-10-05 19:10:00',151,70),
(9,11,10,'Glass Pit','2023-12-12 23:30:00',133,120),
(10,3,11,'Sunken Court','2024-01-19 21:00:00',364,500),
(11,8,11,'Sunken Court','2024-02-25 20:20:00',341,450),
(12,14,13,'Old Mill','2024-03-09 16:35:00',58,NULL),
(13,1,10,'Glass Pit','2024-04-28 19:55:00',207,90),
(14,3,7,'Glass Pit','2024-06-06 22:40:00',171,150),
(15,9,14,'Old Mill','2024-08-15 18:25:00',99,NULL),
(16,8,4,'Sunken Court','2024-09-01 20:05:00',288,220),
(17,8,1,'Sunken Court','2024-09-14 21:35:00',264,200),
(18,9,3,'Rooftop Ring','2024-10-03 19:00:00',77,310);
INSERT INTO items VALUES
(1,'Oak Bow','weapon','common',80,1),
(2,'Stormcaller Staff','weapon','legendary',9500,45),
(3,'Iron Helm','armour','common',120,5),
(4,'Cloak of Whispers','armour','rare',1450,20),
(5,'Small Healing Potion','potion','common',15,1),
(6,'Greater Healing Potion','potion','rare',210,25),
(7,'Serpent Dagger','weapon','rare',1100,18),
(8,'Crown of Tides','armour','legendary',12000,50),
(9,'Fishing Rod','tool','common',30,1),
(10,'Phoenix Feather','trinket','epic',4300,35),
(11,'Lantern Charm','trinket','rare',640,NULL),
(12,'Broken Compass','trinket','common',5,NULL);
INSERT INTO hero_items VALUES
(1,1,1,'2022-01-16'),(1,5,12,'2023-02-03'),(1,4,1,'2022-12-24'),
(3,3,1,'2022-03-05'),(3,6,8,'2023-07-07'),(3,8,1,'2024-02-01'),
(4,2,1,'2023-05-19'),(4,5,4,'2022-06-06'),(4,10,2,'2024-01-11'),
(5,5,30,'2023-01-08'),(7,11,1,'2022-10-10'),(8,6,25,'2023-09-09'),
(8,10,1,'2023-03-30'),(8,3,1,'2023-01-25'),(9,7,1,'2023-04-01'),
(9,9,1,'2023-05-02'),(10,1,2,'2023-05-15'),(11,7,2,'2023-11-11'),
(11,4,1,'2024-02-29'),(12,5,6,'2024-01-01'),(14,3,1,'2024-02-16'),(14,9,1,'2024-05-21');
