/*{
  "ISFVSN": "2",
  "DESCRIPTION": "Strips of the picture slide up and down by turns, one after the other, and the next follows on them",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Transition"],
  "INPUTS": [
    {"NAME": "startImage", "TYPE": "image"},
    {"NAME": "endImage", "TYPE": "image"},
    {"NAME": "progress", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "0 is the picture before, 1 the one after"}
  ],
  "SONGREEL": {"words": {"en": ["strips", "split", "slices", "split screen transition"], "zh": ["条状转场", "分割转场", "切片转场"]}}
}*/

void main() {
    vec2 at = isf_FragNormCoord;
    float count = clamp(floor(4.0 * RENDERSIZE.x / RENDERSIZE.y + 0.5), 4.0, 9.0);
    float which = floor(at.x * count);
    float late = 0.45 * which / (count - 1.0);
    float t = clamp((progress - late) / 0.55, 0.0, 1.0);
    t = t * t * t * (t * (6.0 * t - 15.0) + 10.0);
    bool up = (int(which) & 1) == 0;
    float place = up ? at.y - t : at.y + t;
    vec4 color;
    if (place >= 0.0 && place < 1.0) {
        color = IMG_NORM_PIXEL(startImage, vec2(at.x, place));
    } else {
        color = IMG_NORM_PIXEL(endImage, vec2(at.x, up ? place + 1.0 : place - 1.0));
    }
    // A shadow along each seam while its neighbors move apart.
    float seam = abs(fract(at.x * count) - 0.5) * 2.0;
    color.rgb *= 1.0 - 0.35 * smoothstep(0.9, 1.0, seam) * 4.0 * t * (1.0 - t);
    gl_FragColor = t <= 0.0 ? IMG_THIS_PIXEL(startImage) : (t >= 1.0 ? IMG_THIS_PIXEL(endImage) : color);
}
