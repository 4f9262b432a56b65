/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture meets its own reflection in the middle; strong, it is mirrored four times",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How strong; 0 changes nothing"},
    {"NAME": "pulse", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on each beat"},
    {"NAME": "seed", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1000, "LABEL": "Which clip it is"}
  ],
  "SONGREEL": {"words": {"en": ["mirror", "mirrored", "mirror effect", "symmetry"], "zh": ["镜像", "对称", "镜像效果"]}}
}*/

void main() {
    vec2 at = isf_FragNormCoord;
    // The axes come in from the edges, one after the other.
    float upright = 1.0 - 0.5 * smoothstep(0.0, 0.45, amount);
    float level_axis = 1.0 - 0.5 * smoothstep(0.55, 1.0, amount);
    bool other_side = (int(seed) & 1) == 1;
    vec2 from = at;
    from.x = other_side ? 1.0 - from.x : from.x;
    from.x = from.x > upright ? 2.0 * upright - from.x : from.x;
    from.y = from.y > level_axis ? 2.0 * level_axis - from.y : from.y;
    // Between hits the halves lie still; on a beat both breathe out of the axis.
    float breath = 1.0 + 0.06 * amount * pulse;
    from.x = upright + (from.x - upright) / breath;
    from.y = 0.5 + (from.y - 0.5) / breath;
    from.x = other_side ? 1.0 - from.x : from.x;
    gl_FragColor = IMG_NORM_PIXEL(inputImage, from);
}
