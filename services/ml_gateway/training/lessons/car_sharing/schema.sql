CREATE TABLE Station (
  StationID INTEGER PRIMARY KEY,
  StationName TEXT,
  District TEXT,
  Bays INTEGER,
  OpenedOn DATE,
  HasCharger TEXT
);
CREATE TABLE Tariff (
  TariffCode TEXT PRIMARY KEY,
  TariffName TEXT,
  MonthlyFee DECIMAL(6,2),
  PricePerKm DECIMAL(4,2)
);
CREATE TABLE Member (
  MemberNo INTEGER PRIMARY KEY,
  FullName TEXT,
  Gender TEXT,
  BirthYear INTEGER,
  JoinedOn DATE,
  TariffCode TEXT REFERENCES Tariff(TariffCode),
  ReferredBy INTEGER REFERENCES Member(MemberNo),
  State TEXT
);
CREATE TABLE Vehicle (
  VehicleID INTEGER PRIMARY KEY,
  Plate TEXT,
  Make TEXT,
  Model TEXT,
  FuelType TEXT,
  Seats INTEGER,
  Mileage INTEGER,
  PurchaseYear INTEGER,
  HomeStationID INTEGER REFERENCES Station(StationID)
);
CREATE TABLE Trip (
  TripID INTEGER PRIMARY KEY,
  MemberNo INTEGER REFERENCES Member(MemberNo),
  VehicleID INTEGER REFERENCES Vehicle(VehicleID),
  FromStationID INTEGER REFERENCES Station(StationID),
  ToStationID INTEGER REFERENCES Station(StationID),
  StartTime DATETIME,
  EndTime DATETIME,
  DistanceKm REAL,
  Charge DECIMAL(7,2),
  Rating INTEGER
);
CREATE TABLE Damage (
  DamageID INTEGER PRIMARY KEY,
  VehicleID INTEGER REFERENCES Vehicle(VehicleID),
  TripID INTEGER REFERENCES Trip(TripID),
  Part TEXT,
  Severity TEXT,
  NotedOn DATE,
  RepairCost DECIMAL(8,2),
  Insured INTEGER
);
INSERT INTO Station VALUES
(1,'Central Square','Old Town',14,'2019-04-01','yes'),
(2,'North Gate','Northfield',6,'2020-09-15','no'),
(3,'University','Campus',10,'2019-10-01','yes'),
(4,'Riverside Park','Old Town',8,'2021-05-20','no'),
(5,'Tech Campus','Campus',12,'2022-03-01','yes'),
(6,'Hospital East','Eastend',5,'2021-11-11','no'),
(7,'Ferry Terminal','Harbour',9,'2020-06-30','yes'),
(8,'Garden Suburb','Northfield',4,'2024-02-10','no'),
(9,'Brewery Yard','Eastend',7,'2024-05-05','no');
INSERT INTO Tariff VALUES
('B','Basic',0,0.45),('R','Regular',9.90,0.35),('F','Frequent',24.90,0.26),('S','Student',4.50,0.33),('C','Corporate',59,0.30);
INSERT INTO Member VALUES
(101,'Anneke Vos','F',1986,'2020-01-12','R',NULL,'A'),
(102,'Ben Asante','M',1994,'2020-03-04','F',101,'A'),
(103,'Carla Bruni-Lopez','F',2001,'2021-09-20','S',102,'A'),
(104,'Dmitri Sokol','M',1979,'2021-02-14','B',NULL,'I'),
(105,'Eva Horvat','F',1990,'2022-05-05','F',101,'A'),
(106,'Farid Nasser','M',1972,'2022-07-19','B',105,'A'),
(107,'Gwen Tully','F',2003,'2023-10-02','S',103,'A'),
(108,'Henrik Dahl','M',1965,'2019-06-23','R',NULL,'I'),
(109,'Iris Kowalski','F',1998,'2023-01-30','R',102,'A'),
(110,'Jonas Becker','M',1983,'2023-03-15','B',NULL,'A'),
(111,'Kavita Rao','F',1991,'2024-01-08','F',105,'A'),
(112,'Lars Becker','M',2002,'2022-10-10','S',NULL,'B'),
(113,'Mia Santos','F',NULL,'2024-02-27','B',111,'A');
INSERT INTO Vehicle VALUES
(1,'KX-201','Volta','Mini','electric',4,18200,2022,1),
(2,'KX-202','Volta','Mini','electric',4,24900,2021,3),
(3,'KX-310','Brisa','Kombi','diesel',7,88400,2018,1),
(4,'KX-311','Brisa','City','petrol',5,41250,2020,4),
(5,'KX-312','Brisa','City','petrol',5,37700,2020,7),
(6,'LM-044','Norden','Estate','hybrid',5,29800,2021,5),
(7,'LM-045','Norden','Estate','hybrid',5,12750,2023,2),
(8,'LM-050','Norden','Cargo','diesel',3,65300,2019,6),
(9,'PT-900','Volta','Grand','electric',7,6400,2023,5),
(10,'PT-901','Volta','Grand','electric',7,900,2024,5),
(11,'KX-318','Brisa','Cabrio','petrol',2,15400,2022,7),
(12,'LM-061','Norden','Cargo','diesel',3,57100,2019,NULL);
INSERT INTO Trip VALUES
(1,101,1,1,3,'2023-01-10 08:05:00','2023-01-10 08:40:00',7.5,6.2,5),
(2,102,2,3,3,'2023-01-14 10:00:00','2023-01-14 18:30:00',96,41.5,4),
(3,103,2,3,1,'2023-02-02 14:20:00','2023-02-02 15:00:00',9.2,7,3),
(4,104,3,1,1,'2023-02-18 09:00:00','2023-02-19 20:00:00',310.4,152,NULL),
(5,105,6,5,7,'2023-03-03 17:45:00','2023-03-03 18:30:00',15.8,9.4,5),
(6,102,6,7,5,'2023-03-04 07:30:00','2023-03-04 08:20:00',16.1,9.9,5),
(7,106,4,4,4,'2023-04-09 11:00:00','2023-04-09 16:00:00',55,33.8,2),
(8,101,5,7,1,'2023-05-21 19:10:00','2023-05-21 19:55:00',11.3,8.6,4),
(9,109,1,3,2,'2023-06-15 06:50:00','2023-06-15 07:25:00',12.7,8.3,NULL),
(10,105,9,5,5,'2023-07-08 08:00:00','2023-07-10 21:00:00',642,238,5),
(11,110,8,6,6,'2023-08-12 09:30:00','2023-08-12 14:45:00',74.6,48.2,3),
(12,102,3,1,7,'2023-09-01 12:00:00','2023-09-01 13:10:00',22.4,14.1,4),
(13,103,2,1,3,'2023-10-05 21:15:00','2023-10-05 21:50:00',9,6.9,NULL),
(14,107,2,3,5,'2023-11-11 13:00:00','2023-11-11 13:25:00',5.6,4.8,5),
(15,109,7,2,1,'2024-01-05 07:40:00','2024-01-05 08:15:00',13.4,8.8,4),
(16,105,6,5,6,'2024-01-20 15:00:00','2024-01-20 15:35:00',8.1,6,1),
(17,111,9,5,1,'2024-02-14 18:00:00','2024-02-14 18:50:00',10.9,7.7,4),
(18,106,4,4,7,'2024-03-03 10:00:00','2024-03-03 10:40:00',9.9,8.5,3),
(19,101,11,7,7,'2024-03-23 09:00:00','2024-03-24 19:30:00',205.5,112,5),
(20,111,1,1,5,'2024-04-02 08:10:00','2024-04-02 08:45:00',11.2,7.8,NULL),
(21,102,5,7,4,'2024-04-19 22:00:00','2024-04-19 22:25:00',6.3,5.1,4),
(22,109,7,8,2,'2024-04-28 16:30:00','2024-04-28 16:50:00',4.4,3.9,5),
(23,105,9,5,5,'2022-12-28 09:00:00','2022-12-28 12:00:00',48,25.5,NULL);
INSERT INTO Damage VALUES
(1,3,4,'front bumper','major','2023-02-20',980,1),
(2,4,7,'left mirror','minor','2023-04-09',120,0),
(3,2,2,'rear door','minor','2023-01-15',210,1),
(4,9,10,'windscreen','major','2023-07-11',740,1),
(5,8,NULL,'tyre','minor','2023-07-30',95,0),
(6,6,16,'rear bumper','minor','2024-01-21',265,0),
(7,3,NULL,'clutch','total','2023-11-03',1850,0),
(8,1,20,'left mirror','minor','2024-04-03',NULL,1),
(9,4,18,'tyre','minor','2024-03-04',88,0),
(10,2,14,'seat cover','minor','2023-11-12',60,0);
