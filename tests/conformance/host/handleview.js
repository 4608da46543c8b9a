'use strict';
// What `_handle` shows of an open socket or server: the names of Node's own handles, over the functions of libnet.

const { forget, kHandle, kResource } = require('./handle.js');
const native = require('./host.node');

const kOwner = Symbol('owner');

function addressInto(out, { address, family, port } = {}) {
  if (!address)
    return -107;
  Object.assign(out, { address, family, port });
  return 0;
}

class Handle {
  constructor(owner) { Object.defineProperty(this, kOwner, { value: owner }); }

  get fd() { return this[kOwner][kHandle].invoke('socketDescriptor'); }
  get bytesRead() { return this[kOwner].bytesRead; }
  get bytesWritten() { return this[kOwner].bytesWritten; }
  getAsyncId() { return this[kOwner][kResource]?.asyncId() ?? -1; }
  getProviderType() { return 0; }
  hasRef() { return this[kOwner][kHandle].invoke('hasRef'); }
  ref() { this[kOwner].ref(); }
  unref() { this[kOwner].unref(); }
  getsockname(out) { return addressInto(out, this[kOwner]._getsockname?.() ?? this[kOwner].address() ?? {}); }
  getpeername(out) { return addressInto(out, this[kOwner]._getpeername?.()); }

  // A socket without its handle: as with Node, its connection is gone, and it says nothing of that until it writes.
  close(callback) {
    const owner = this[kOwner];
    if (owner.destroy) {
      native.closeBehind(this.fd);
      owner[kHandle].invoke('unref');
      forget(owner);
      if (typeof callback === 'function')
        setImmediate(() => callback.call(this));
      return;
    }
    if (typeof callback === 'function')
      owner.once('close', callback);
    owner[kHandle].invoke('close');
  }
}

class TCP extends Handle {
  readStart() { this[kOwner].resume(); return 0; }
  readStop() { this[kOwner][kHandle].invoke('stopReading'); return 0; }
  setNoDelay(enable) { this[kOwner].setNoDelay(enable); return 0; }
  setKeepAlive(enable, delay) { this[kOwner].setKeepAlive(enable, delay * 1000); return 0; }
  reset(callback) {
    if (typeof callback === 'function')
      this[kOwner].once('close', callback);
    this[kOwner].resetAndDestroy();
    return 0;
  }
}

class Pipe extends Handle {
  readStart() { this[kOwner].resume(); return 0; }
  readStop() { this[kOwner][kHandle].invoke('stopReading'); return 0; }
  fchmod() { return 0; }
}

module.exports = { Pipe, TCP, kOwner };
