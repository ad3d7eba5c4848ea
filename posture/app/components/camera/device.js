// The camera of this computer or phone.

const SILENT_CAMERA_MS = 5000;
const PROBLEM_OF_ERROR = {
  NotAllowedError: "refused", SecurityError: "refused",
  NotFoundError: "missing", OverconstrainedError: "missing",
  NotReadableError: "busy", AbortError: "busy",
};

/** What to ask of the browser: a camera by its id, or else the one on that side of a phone. */
export function cameraConstraints(deviceId, facing) {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: facing } };
  const size = { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 30 } };
  return { audio: false, video: { ...which, ...size } };
}

/** The problem that a page tells when a camera did not start. */
export function problemOfError(errorName) {
  return PROBLEM_OF_ERROR[errorName] ?? "failed";
}

/** A page that did not come over a safe connection is not shown any camera. */
export function camerasAllowed() {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

/** One camera at a time, shown in one video element. */
export class Device {
  constructor(video) {
    this.video = video;
    this.stream = null;
  }

  get on() {
    return this.stream !== null;
  }

  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  /** Whether pictures can still come; a tab that slept may have lost its camera. */
  get alive() {
    return this.track?.readyState === "live";
  }

  /** What the browser tells of the camera: its id, and the side it looks to on a phone. */
  get settings() {
    return this.track.getSettings();
  }

  /**
   * Switch a camera on; true when its pictures come.
   *
   * Once `isCurrent` tells that nobody waits for this camera any more, it is switched off again.
   * `onEnded` is called when the camera goes away by itself.
   */
  async open(constraints, isCurrent, onEnded) {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    if (!isCurrent()) {
      for (const track of stream.getTracks()) track.stop();
      return false;
    }
    this.stream = stream;
    this.track.addEventListener("ended", () => isCurrent() && onEnded());
    this.video.srcObject = stream;
    await this.video.play();
    return isCurrent();
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  /** The cameras there are, as far as the browser names them. */
  async list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput" && device.deviceId);
  }

  /** True when a new picture has come, false when none came for long. */
  nextPicture() {
    const { video } = this;
    const wait = video.requestVideoFrameCallback?.bind(video) ?? requestAnimationFrame;
    const came = new Promise((done) => { wait(() => done(true)); });
    const silent = new Promise((done) => { setTimeout(done, SILENT_CAMERA_MS, false); });
    return Promise.race([came, silent]);
  }
}
