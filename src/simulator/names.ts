const split = (text: string): readonly string[] => text.split(' ');

/** Plain ASCII, so that they make addresses as they are. */
export const firstNames = split(
  'Adele Ahmed Amara Anders Anita Anton Ayumi Beatriz Bruno Camille Chidi Clara Diego Elena Emeka Fatima Felix Freya Goran Greta Hana Hugo Ida Ines Isaac Jamal Jana Joao Jonas Kaito Karin Kofi Lars Leila Linh Luca Maja Marco Marta Mateo Nadia Nina Nils Olga Oscar Pablo Petra Rafael Rosa Samir Sara Selma Stefan Tariq Tessa Tobias Valeria Viktor Wei Yara Yusuf',
);

export const lastNames = split(
  'Abbas Acosta Adeyemi Alvarez Andersson Bakker Bauer Becker Bianchi Braun Carvalho Castillo Costa Cruz Dahl Diaz Dubois Eriksen Esposito Fernandes Ferrari Garcia Gruber Hansen Hoffmann Horvat Ibrahim Ito Ivanov Jansen Jensen Kaya Keller Khan Kim Klein Kovac Kumar Larsen Lehmann Lindqvist Lopez Maier Mensah Meyer Moreau Mueller Nakamura Nguyen Nielsen Nowak Okoye Olsen Pereira Petrov Ricci Rossi Santos Sato Schmidt Silva Tanaka Torres Vogel Wagner Weber Wolf Yilmaz Zhang',
);
