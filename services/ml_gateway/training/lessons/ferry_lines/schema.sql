CREATE TABLE company (id INTEGER PRIMARY KEY, name TEXT, headquarters TEXT, founded INTEGER, employees INTEGER);
CREATE TABLE ferry (id INTEGER PRIMARY KEY, name TEXT, company_id INTEGER REFERENCES company(id), capacity INTEGER, built INTEGER, flag TEXT);
CREATE TABLE route (id INTEGER PRIMARY KEY, origin TEXT, destination TEXT, distance INTEGER);
CREATE TABLE crossing (id INTEGER PRIMARY KEY, ferry_id INTEGER REFERENCES ferry(id), route_id INTEGER REFERENCES route(id), day DATE, passengers INTEGER, delay_minutes INTEGER);
INSERT INTO company VALUES (1,'Fjordlink','Bergen',1964,420),(2,'Sundway','Malmo',1988,150),(3,'Islanders','Mariehamn',1951,90),(4,'Kattegat Lines','Aarhus',2003,310),(5,'Blue Strait','Bergen',2011,60);
INSERT INTO ferry VALUES (1,'Astrid',1,900,1999,'Norway'),(2,'Brage',1,450,1985,'Norway'),(3,'Ceres',2,300,2005,'Sweden'),(4,'Dagny',3,150,1978,'Finland'),(5,'Embla',4,1200,2016,'Denmark'),(6,'Freja',4,800,2009,'Denmark'),(7,'Gunnar',1,620,2012,'Norway'),(8,'Hilda',2,275,1991,'Denmark');
INSERT INTO route VALUES (1,'Bergen','Stavanger',160),(2,'Malmo','Copenhagen',28),(3,'Aarhus','Oslo',410),(4,'Mariehamn','Turku',140),(5,'Bergen','Aarhus',530),(6,'Copenhagen','Oslo',490);
INSERT INTO crossing VALUES (1,1,1,'2022-06-01',512,5),(2,1,5,'2022-06-03',730,40),(3,2,1,'2022-07-11',205,0),(4,3,2,'2022-07-12',180,0),(5,3,2,'2023-01-05',95,12),(6,5,3,'2023-02-02',1010,25),(7,5,6,'2023-02-20',870,0),(8,6,3,'2023-03-15',640,7),(9,7,1,'2023-05-30',333,3),(10,7,5,'2023-06-18',401,55),(11,8,2,'2023-07-07',190,0),(12,5,3,'2023-08-01',1150,18);
