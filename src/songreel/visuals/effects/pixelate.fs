/*{
  "ISFVSN": "2",
  "DESCRIPTION": "The picture falls into large pixels, which grow a little on the first beat of a bar",
  "CREDIT": "Songreel",
  "CATEGORIES": ["Effect"],
  "INPUTS": [
    {"NAME": "inputImage", "TYPE": "image"},
    {"NAME": "amount", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0, "MAX": 1, "LABEL": "How large the pixels are; 0 changes nothing"},
    {"NAME": "downbeat", "TYPE": "float", "DEFAULT": 0, "MIN": 0, "MAX": 1, "LABEL": "Swells on the first beat of a bar"}
  ],
  "SONGREEL": {"words": {"en": ["pixelate", "pixelated", "big pixels"], "zh": ["像素化", "马赛克"]}}
}*/

const float FINEST = 216.0;
const float COARSEST = 18.0;

void main() {
    vec4 color = IMG_THIS_PIXEL(inputImage);
    // Rows of pixels in the frame's height: equal steps of strength look like equal steps.
    float rows = FINEST * pow(COARSEST / FINEST, amount * (1.0 + 0.25 * downbeat));
    vec2 many = vec2(rows * RENDERSIZE.x / RENDERSIZE.y, rows);
    vec2 middle = (floor((isf_FragNormCoord - 0.5) * many) + 0.5) / many + 0.5;
    vec2 apart = 0.25 / many;
    vec3 sum = IMG_NORM_PIXEL(inputImage, middle + apart).rgb + IMG_NORM_PIXEL(inputImage, middle - apart).rgb;
    apart.x = -apart.x;
    sum += IMG_NORM_PIXEL(inputImage, middle + apart).rgb + IMG_NORM_PIXEL(inputImage, middle - apart).rgb;
    gl_FragColor = amount > 0.0 ? vec4(sum * 0.25, color.a) : color;
}
