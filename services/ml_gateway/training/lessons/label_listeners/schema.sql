CREATE TABLE Plans (
  planId INTEGER PRIMARY KEY,
  planName TEXT,
  monthlyPrice REAL,
  maxDevices INTEGER
);
CREATE TABLE Listeners (
  listenerId INTEGER PRIMARY KEY,
  nickname TEXT,
  country TEXT,
  yearOfBirth INTEGER,
  planId INTEGER REFERENCES Plans(planId),
  joinedOn DATE,
  leftOn DATE,
  active INTEGER
);
CREATE TABLE Follows (
  followerId INTEGER,
  followedId INTEGER,
  since DATE,
  PRIMARY KEY (followerId, followedId)
);
CREATE TABLE Tracks (
  trackId INTEGER PRIMARY KEY,
  trackTitle TEXT,
  performer TEXT,
  mood TEXT,
  durationSec INTEGER,
  releasedIn INTEGER,
  composerShare REAL
);
CREATE TABLE Playlists (
  playlistId INTEGER PRIMARY KEY,
  playlistName TEXT,
  ownerId INTEGER REFERENCES Listeners(listenerId),
  isPublic TEXT,
  createdOn DATE
);
CREATE TABLE PlaylistTracks (
  playlistId INTEGER REFERENCES Playlists(playlistId),
  trackId INTEGER REFERENCES Tracks(trackId),
  position INTEGER,
  addedBy INTEGER REFERENCES Listeners(listenerId),
  PRIMARY KEY (playlistId, trackId)
);
CREATE TABLE Listens (
  listenId INTEGER PRIMARY KEY,
  listenerId INTEGER REFERENCES Listeners(listenerId),
  trackId INTEGER REFERENCES Tracks(trackId),
  startedAt DATETIME,
  device TEXT,
  finished INTEGER
);
CREATE TABLE Likes (
  listenerId INTEGER REFERENCES Listeners(listenerId),
  trackId INTEGER REFERENCES Tracks(trackId),
  likedOn DATE,
  PRIMARY KEY (listenerId, trackId)
);
INSERT INTO Plans VALUES (1,'Free',0,1),(2,'Solo',8.90,3),(3,'Duo',12.50,6),(4,'Student',4.90,2),(5,'Family',15.90,10),(6,'HiFi',19.00,5),(7,'Lifetime',NULL,4);
INSERT INTO Listeners VALUES
 (1,'moonbeam','Canada',1994,2,'2022-02-11',NULL,1),(2,'basshead','Canada',2003,4,'2022-09-30',NULL,1),(3,'quietfox','Finland',1988,3,'2021-07-04',NULL,1),(4,'rondo','Poland',1979,2,'2023-01-19','2024-02-01',0),
 (5,'sunnyd','Portugal',2005,1,'2023-05-23',NULL,1),(6,'tapeloop','Finland',1999,6,'2023-08-08',NULL,1),(7,'ghostnote','Ireland',NULL,1,'2023-11-27','2024-05-15',0),(8,'la_mar','Portugal',1991,3,'2024-01-05',NULL,1),
 (9,'oldvinyl','Poland',1962,6,'2024-03-18',NULL,1),(10,'pixie','Canada',2001,4,'2024-06-02',NULL,1),(11,'drifter','Ireland',1985,NULL,'2024-07-21',NULL,1),(12,'kiwi77','New Zealand',1977,1,'2022-12-12','2023-03-03',0);
INSERT INTO Follows VALUES
 (1,3,'2022-03-01'),(2,3,'2022-10-10'),(3,1,'2022-03-02'),(4,3,'2023-02-15'),(5,1,'2023-06-01'),(5,8,'2024-01-20'),(6,3,'2023-09-09'),(6,9,'2024-04-01'),(8,3,'2024-01-21'),(8,6,'2024-02-02'),(9,6,'2024-04-02'),(10,1,'2024-06-10'),(10,2,'2024-06-11'),(7,3,'2023-12-01'),(9,11,'2024-08-02');
INSERT INTO Tracks VALUES
 (1,'Salt Lamp','Juno Vale','calm',243,2021,0.12),(2,'Static Hearts','The Low Rooms','dark',198,2022,0.10),(3,'Paper Planes Home','Juno Vale','happy',176,2023,0.12),(4,'Northbound','Elk & Ember','calm',311,2020,0.15),
 (5,'Concrete Summer','Dita Roe','happy',205,2023,0.08),(6,'Salt Lamp','Elk & Ember','calm',268,2024,0.15),(7,'Undertow','The Low Rooms','dark',287,2022,0.10),(8,'Two Left Feet','Dita Roe','happy',162,2024,NULL),
 (9,'Interlude in Grey','Okan','calm',94,2021,0.20),(10,'Night Ledger','Okan','dark',352,2024,0.20),(11,'Carousel','Mabel Sway','happy',221,2022,0.11),
 (12,'Harbour Lullaby','Mabel Sway','dark',256,2023,0.11);
INSERT INTO Playlists VALUES
 (1,'Morning Slow',3,'yes','2022-04-01'),(2,'Gym',2,'no','2022-11-15'),(3,'Rain on Windows',1,'yes','2023-02-20'),(4,'Road Trip',8,'yes','2024-02-14'),(5,'Focus',6,'yes','2023-10-30'),(6,'Gym',10,'no','2024-06-20'),(7,'Untitled',5,'no','2023-07-07'),(8,'Deep Night',3,'yes','2024-05-05'),(9,'Drafts',9,'no','2024-09-09');
INSERT INTO PlaylistTracks VALUES
 (1,1,1,3),(1,4,2,3),(1,9,3,1),(2,5,1,2),(2,3,2,2),(3,1,1,1),(3,7,2,1),(3,2,3,3),(3,6,4,3),(4,5,1,8),(4,3,2,5),(4,8,3,8),(5,4,1,6),(5,9,2,6),(5,10,3,9),(6,5,1,10),(6,8,2,10),(8,10,1,3),(8,7,2,3),(7,5,1,5),(7,11,2,5);
INSERT INTO Listens VALUES
 (1,1,1,'2024-03-01 07:10:00','phone',1),(2,1,7,'2024-03-01 07:15:00','phone',0),(3,2,5,'2024-03-02 18:00:00','watch',1),(4,2,3,'2024-03-02 18:04:00','watch',1),(5,3,4,'2024-03-03 06:30:00','speaker',1),(6,3,9,'2024-03-03 06:36:00','speaker',1),
 (7,4,2,'2023-11-20 21:00:00','desktop',0),(8,5,5,'2024-03-05 15:30:00','phone',1),(9,5,8,'2024-04-06 16:00:00','phone',1),(10,6,10,'2024-04-07 23:10:00','desktop',1),(11,6,4,'2024-04-08 09:00:00','desktop',1),(12,8,3,'2024-04-09 12:20:00','car',1),
 (13,8,5,'2024-04-09 12:24:00','car',0),(14,9,10,'2024-04-11 22:45:00','speaker',1),(15,9,10,'2024-05-02 22:40:00','speaker',1),(16,10,5,'2024-06-21 08:00:00','phone',1),(17,10,8,'2024-06-21 08:04:00','phone',0),(18,7,2,'2024-02-13 19:19:00','phone',0),
 (19,1,6,'2024-07-01 07:11:00','car',1),(20,3,1,'2024-07-15 06:31:00','speaker',1),(21,1,1,'2024-07-16 07:09:00','phone',1),(22,12,9,'2023-01-14 10:00:00','desktop',0),(23,2,12,'2024-05-09 20:20:00','phone',1);
INSERT INTO Likes VALUES (1,1,'2024-03-01'),(1,6,'2024-07-01'),(2,5,'2024-03-02'),(3,4,'2022-05-05'),(3,9,'2022-06-06'),(3,1,'2022-06-07'),(5,5,'2024-03-05'),(6,10,'2024-04-07'),(8,3,'2024-04-09'),(9,10,'2024-04-11'),(9,4,'2024-04-20'),(10,5,'2024-06-21'),(11,11,'2024-08-01'),(4,7,'2023-05-05'),(5,1,'2023-06-30'),(12,5,'2023-02-02');
