import av
import numpy as np
import pytest

from songreel.media import aac

RATE = 48_000
AAC_LC_STEREO_48K = bytes([0x11, 0x90])


def loud(seconds=2.0, peak=1.2):
    """A dense master: tones and noise driven into a soft clipper, so that every window is near full scale."""
    at = np.arange(int(RATE * seconds)) / RATE
    chance = np.random.default_rng(4)
    tones = [np.sin(2 * np.pi * hz * at * (1 + channel / 900)) for channel in (0, 1) for hz in (55, 220, 880, 2500)]
    mixed = np.stack([sum(tones[:4]), sum(tones[4:])]) + 0.4 * chance.standard_normal((2, len(at)))
    return (peak * np.tanh(1.5 * mixed)).astype(np.float32)


def coded(pcm, kbps=384, block=5000):
    coder = aac.Coder(RATE, kbps)
    frames = [frame for start in range(0, pcm.shape[1], block) for frame in coder.encode(pcm[:, start : start + block])]
    return [*frames, *coder.flush()]


def decoded(frames, samples):
    reader = av.CodecContext.create("aac", "r")
    reader.extradata = AAC_LC_STEREO_48K
    blocks = [part.to_ndarray() for frame in frames for part in reader.decode(av.Packet(frame.content))]
    blocks += [part.to_ndarray() for part in reader.decode(None)]
    return np.concatenate(blocks, axis=1)[:, -frames[0].at :][:, :samples]


@pytest.mark.parametrize("peak", [0.3, 0.9, 1.2])
def test_a_loud_master_keeps_its_level_and_its_shape(peak):
    pcm = loud(peak=peak)
    heard = decoded(coded(pcm), pcm.shape[1])
    pcm = pcm[:, : heard.shape[1]]
    assert 10 * np.log10(np.square(heard).mean() / np.square(pcm).mean()) == pytest.approx(0, abs=0.1)
    assert 10 * np.log10(np.square(pcm).mean() / np.square(heard - pcm).mean()) > 12


def test_channels_do_not_mix():
    pcm = loud()
    pcm[1] = 0
    heard = decoded(coded(pcm), pcm.shape[1])
    assert np.abs(heard[1]).max() < 1e-3 < np.abs(heard[0]).max()


def test_frames_follow_one_another_and_keep_their_rate():
    pcm = loud(4)
    frames = coded(pcm)
    ends = [frame.at + frame.samples for frame in frames]
    assert ends[:-1] == [frame.at for frame in frames[1:]]
    assert ends[-1] == pcm.shape[1]
    kbps = sum(len(frame.content) for frame in frames) * 8 / (pcm.shape[1] / RATE) / 1000
    assert kbps == pytest.approx(384, rel=0.05)


def test_silence_is_silent():
    pcm = np.zeros((2, RATE), np.float32)
    assert np.abs(decoded(coded(pcm), RATE)).max() < 1e-4
