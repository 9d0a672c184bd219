-- Finding by mail address (key kind 4), by the last digits of a phone number (kind 5: the digits from the end), and by the day of birth.

CREATE INDEX citizen_born ON citizen (born);

INSERT INTO search_key (kind, key, citizen, whole)
SELECT 4, lower(trim(json_extract(profile, '$.email'))), no, '' FROM citizen
WHERE json_extract(profile, '$.email') IS NOT NULL AND trim(json_extract(profile, '$.email')) <> '';

INSERT INTO search_key (kind, key, citizen, whole)
SELECT 5,
       substr(key, -1, 1) || substr(key, -2, 1) || substr(key, -3, 1) || substr(key, -4, 1) || substr(key, -5, 1) ||
       substr(key, -6, 1) || substr(key, -7, 1) || substr(key, -8, 1) || substr(key, -9, 1) || substr(key, -10, 1) ||
       substr(key, -11, 1) || substr(key, -12, 1) || substr(key, -13, 1) || substr(key, -14, 1) || substr(key, -15, 1),
       citizen, ''
FROM search_key WHERE kind = 2;
