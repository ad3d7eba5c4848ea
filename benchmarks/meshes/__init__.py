"""Pictures with their truth from any outside mesh of a standing person.

    python -m benchmarks.meshes FOLDER --out DIR [--per-body 8] [--seed N] [--jobs 1]

The rooms, in the order a picture is made:

    read       mesh files, and what a folder's meta.toml and families.csv say of them
    orient     which way is up, which way it faces, how long a unit is
    arms       where the arms are, so that they stay out of the truth
    body       the mesh in person space, in metres, soles on the floor
    truth      the exact side-on back line and its curve
    clothes    tight clothes painted on it, with thickness, and hair
    sampling   random pictures: turn, clothes, room, light, camera
    figure     the dressed body in the scene
    pictures   one body -> pictures and truth files, as `benchmarks.accuracy.dataset` writes them

Person space, rooms, lights, lens and sensor are those of `benchmarks.bodies`.

Nothing here is for one data set. Meshes have licences of their own: a picture of one is as little
free as the mesh; figures measured on it may be told.
"""
