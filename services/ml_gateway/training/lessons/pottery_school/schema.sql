CREATE TABLE teachers (teacher_id INTEGER PRIMARY KEY, name TEXT, age INTEGER, hometown TEXT, salary REAL);
CREATE TABLE courses (course_id INTEGER PRIMARY KEY, title TEXT, level TEXT, weeks INTEGER, fee REAL, teacher_id INTEGER REFERENCES teachers(teacher_id));
CREATE TABLE students (student_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, age INTEGER, city TEXT, email TEXT);
CREATE TABLE enrolments (student_id INTEGER REFERENCES students(student_id), course_id INTEGER REFERENCES courses(course_id), enrolled_on DATE, grade INTEGER, PRIMARY KEY (student_id, course_id));
INSERT INTO teachers VALUES
 (1,'Ines Calder',44,'York',3100),(2,'Tom Harrow',38,'Leeds',2800),(3,'Mira Szabo',51,'York',3600),
 (4,'Paul Okoye',29,'Whitby',2400),(5,'Greta Lind',60,'Ripon',3900),(6,'Sam Frost',35,'Leeds',2650);
INSERT INTO courses VALUES
 (11,'Wheel Throwing','beginner',6,120,1),(12,'Glazing Basics','beginner',4,80,2),(13,'Raku Firing','advanced',3,210,3),
 (14,'Hand Building','beginner',8,140,1),(15,'Porcelain','advanced',10,320,5),(16,'Tile Making','intermediate',5,155,4),
 (17,'Sculpture','intermediate',12,260,3),(18,'Kiln Care','advanced',2,95,3);
INSERT INTO students VALUES
 (101,'Ada','Birch',23,'York','ada@birch.example'),(102,'Ben','Cole',31,'Leeds',NULL),(103,'Cleo','Drew',45,'York','cleo@drew.example'),
 (104,'Dan','Ellis',52,'Harrogate','dan@ellis.example'),(105,'Eva','Frith',19,'Leeds','eva@frith.example'),(106,'Finn','Gale',37,'Ripon',NULL),
 (107,'Gwen','Hart',28,'York',NULL),(108,'Hugo','Ives',64,'Harrogate','hugo@ives.example'),(109,'Isla','Jay',26,'Leeds','isla@jay.example'),
 (110,'Jon','Kerr',41,'Whitby','jon@kerr.example');
INSERT INTO enrolments VALUES
 (101,11,'2023-01-10',78),(101,13,'2023-05-02',88),(101,15,'2024-02-01',69),(102,11,'2023-01-12',55),(103,13,'2023-05-03',91),
 (103,17,'2023-09-09',84),(104,14,'2024-01-20',62),(105,11,'2024-03-05',73),(105,12,'2023-02-14',80),(105,16,'2024-04-01',66),
 (105,14,'2024-05-06',90),(106,15,'2024-02-03',58),(107,12,'2023-02-15',71),(107,17,'2023-09-10',77),(108,17,'2024-09-01',95),
 (109,11,'2024-03-06',49),(109,16,'2024-04-02',83),(107,16,'2024-04-05',70);
