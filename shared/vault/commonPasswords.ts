/** The passwords and phrases met most often in published leaks, in small letters. Digits around them are cut off first. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password passwort passwords mypassword password1 letmein letmeinnow welcome welcomeback
  admin administrator iloveyou iloveyouso iloveyoubaby iloveyoumore loveyou loveyouforever mylove sunshine princess
  football baseball basketball dragon monkey shadow master michael jordan superman batman trustno trustnoone trust
  qwerty qwertyui qwertyuiop qwertz qwertzuiop azerty azertyuiop asdfghjkl asdfasdf zxcvbnm zxcvbnm,./ qazwsx
  qazwsxedc 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5 qwerty123456 abc123abc123 abcdefghij abcdefghijk
  0123456789 1234567890 12345678910 123456789a 123123123123 1234512345 9876543210 0987654321 1111111111 0000000000
  1122334455 1234554321 secret secrets topsecret changeme nothing whatever freedom computer internet starwars
  charlie jennifer jessica ashley michelle nicole daniel thomas hannah summer winter spring autumn flower butterfly
  chocolate cookie pokemon liverpool chelsea arsenal manchester barcelona ferrari mustang harley yankees hunter
  killer soccer hockey ranger access login pass guest test testing default family forever together journal diary
  twofold ourjournal marriage wedding honeymoon husband wife darling sweetheart babygirl lovely angel blink
  correcthorsebatterystaple correct_horse_battery_staple`
    .split(/\s+/)
    .concat(
      "correct horse battery staple",
      "i love you",
      "i love you so much",
      "to be or not to be",
    ),
);
