-- Four databases, four users, and none of them can open another's.
-- Runs once, on an empty server, with the passwords in its environment.
\set ON_ERROR_STOP on

\getenv intake  LIUDUAN_INTAKE_DATABASE_PASSWORD
\getenv routing LIUDUAN_ROUTING_DATABASE_PASSWORD
\getenv survey  LIUDUAN_SURVEY_DATABASE_PASSWORD
\getenv notify  LIUDUAN_NOTIFY_DATABASE_PASSWORD

CREATE ROLE liuduan_intake  LOGIN PASSWORD :'intake';
CREATE ROLE liuduan_routing LOGIN PASSWORD :'routing';
CREATE ROLE liuduan_survey  LOGIN PASSWORD :'survey';
CREATE ROLE liuduan_notify  LOGIN PASSWORD :'notify';

CREATE DATABASE liuduan_intake  OWNER liuduan_intake  TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
CREATE DATABASE liuduan_routing OWNER liuduan_routing TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
CREATE DATABASE liuduan_survey  OWNER liuduan_survey  TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
CREATE DATABASE liuduan_notify  OWNER liuduan_notify  TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';

REVOKE ALL ON DATABASE liuduan_intake, liuduan_routing, liuduan_survey, liuduan_notify FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
