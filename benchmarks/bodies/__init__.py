"""Photo-like side views of standing people whose back curve is known.

The rooms, in the order a picture is made:

    config     what one picture shows: people, room, light, camera, sensor
    sampling   random pictures, every range in one place
    palette    skin, hair and cloth colours
    model      the body model (Anny) behind one adapter
    spine      the trunk as a bent rod, so any sagittal curve can be set
    arms       where the arms go
    posed      rest body -> standing body, feet on the floor
    hollow     the stance that gives a wanted hollow
    clothes    garments as signed fields on the body
    relief     folds, elastic bands, spine furrow, asymmetry of the skin
    hair       hairline, bun, ponytail, long loose hair
    drape      cloth that hangs free of the body
    dressed    skin, clothes and hair of one body
    figure     a dressed person in the scene, with materials
    mesh       subdivision, normals, simple solids
    backline   the true back line on the mesh, and its curve
    outline    the back outline as the camera sees it, and what hides the hollow
    scene      wall, floor, furniture, lights
    shaders    materials and light, in GLSL
    renderer   headless rasteriser (EGL, software is enough)
    camera     projection, lens distortion, exposure, noise
    framing    where the camera points and what it cuts off
    truth      everything known about the measured person
    picture    one configuration -> .jpg, mask and truth
    samples    the pictures in sample_images/

Axes. Person space, metres: x left, y back, z up. World: the camera looks from +x
towards -x, image right is +y, the floor is z = 0 and the wall stands behind the
person. Pixels: x right, y down.

Needs the packages of the `bodies` group (`pip install --group bodies`) and Mesa's EGL
libraries. The first start takes
about 80 s and fills a cache of 1.4 GB (folder: ANNY_CACHE_DIR); after that a picture takes
2 to 5 s on two cores.

Licences. The body model is Anny (code Apache-2.0, body data CC0); only its MakeHuman
topology is used, never the SMPL-X one. Its code and data are installed from its
package and stay out of this repository.
"""
