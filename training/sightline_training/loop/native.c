/*
 * The parts of a training step that PyTorch's CPU kernels do slowly in bfloat16: batch norm with its (leaky) ReLU in one pass over memory instead
 * of three, and the patches of 3x3 convolutions, so that their gradients become matrix products. Channels last; c is a multiple of 16; one thread.
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 16, WIDE = 4, BLOCK_ROWS = 4096 };

static inline __m512 load(const uint16_t *p)
{
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p)), 16));
}

static inline void store(uint16_t *p, __m512 v)
{
    _mm256_storeu_si256((__m256i *)p, (__m256i)_mm512_cvtneps_pbh(v));
}

static inline long vectors(long c, long from)
{
    return (c - from < WIDE * LANES ? c - from : WIDE * LANES) / LANES;
}

static void read_vectors(__m512 *to, const float *from, long count)
{
    for (long i = 0; i < count; i++) to[i] = _mm512_loadu_ps(from + LANES * i);
}

static void add_lanes(double *sum, const __m512 *v, long count)
{
    float lanes[LANES];
    for (long i = 0; i < count; i++) {
        _mm512_storeu_ps(lanes, v[i]);
        for (long j = 0; j < LANES; j++) sum[LANES * i + j] += lanes[j];
    }
}

/* sums[c] of x and squares[c] of x*x over rows */
void norm_sums(const uint16_t *x, long rows, long c, double *sums, double *squares)
{
    for (long from = 0; from < c; from += WIDE * LANES) {
        long count = vectors(c, from);
        for (long start = 0; start < rows; start += BLOCK_ROWS) {
            long end = start + BLOCK_ROWS < rows ? start + BLOCK_ROWS : rows;
            __m512 sum[WIDE] = {0}, square[WIDE] = {0};
            for (long row = start; row < end; row++)
                for (long i = 0; i < count; i++) {
                    __m512 v = load(x + row * c + from + LANES * i);
                    sum[i] = _mm512_add_ps(sum[i], v);
                    square[i] = _mm512_fmadd_ps(v, v, square[i]);
                }
            add_lanes(sums + from, sum, count);
            add_lanes(squares + from, square, count);
        }
    }
}

/* y = z, where negative slope * z, of z = scale * x + shift */
void norm_apply(const uint16_t *x, uint16_t *y, long rows, long c, const float *scale, const float *shift, float slope)
{
    __m512 negative = _mm512_set1_ps(slope);
    for (long from = 0; from < c; from += WIDE * LANES) {
        long count = vectors(c, from);
        __m512 a[WIDE], b[WIDE];
        read_vectors(a, scale + from, count);
        read_vectors(b, shift + from, count);
        for (long row = 0; row < rows; row++)
            for (long i = 0; i < count; i++) {
                long at = row * c + from + LANES * i;
                __m512 z = _mm512_fmadd_ps(load(x + at), a[i], b[i]);
                store(y + at, _mm512_max_ps(z, _mm512_mul_ps(z, negative)));
            }
    }
}

static inline __m512 before_activation(__m512 gradient, __m512 x, __m512 scale, __m512 shift, __m512 slope)
{
    __m512 z = _mm512_fmadd_ps(x, scale, shift);
    return _mm512_mask_mul_ps(gradient, _mm512_cmp_ps_mask(z, _mm512_setzero_ps(), _CMP_LE_OQ), gradient, slope);
}

/* sums[c] of g and products[c] of g*x, g the gradient before the activation */
void norm_gradient_sums(const uint16_t *x, const uint16_t *dy, long rows, long c, const float *scale, const float *shift, float slope,
                        double *sums, double *products)
{
    __m512 negative = _mm512_set1_ps(slope);
    for (long from = 0; from < c; from += WIDE * LANES) {
        long count = vectors(c, from);
        __m512 a[WIDE], b[WIDE];
        read_vectors(a, scale + from, count);
        read_vectors(b, shift + from, count);
        for (long start = 0; start < rows; start += BLOCK_ROWS) {
            long end = start + BLOCK_ROWS < rows ? start + BLOCK_ROWS : rows;
            __m512 sum[WIDE] = {0}, product[WIDE] = {0};
            for (long row = start; row < end; row++)
                for (long i = 0; i < count; i++) {
                    long at = row * c + from + LANES * i;
                    __m512 v = load(x + at), g = before_activation(load(dy + at), v, a[i], b[i], negative);
                    sum[i] = _mm512_add_ps(sum[i], g);
                    product[i] = _mm512_fmadd_ps(g, v, product[i]);
                }
            add_lanes(sums + from, sum, count);
            add_lanes(products + from, product, count);
        }
    }
}

/* dx = scale * g + along * x + constant */
void norm_gradient(const uint16_t *x, const uint16_t *dy, uint16_t *dx, long rows, long c, const float *scale, const float *shift,
                   const float *along, const float *constant, float slope)
{
    __m512 negative = _mm512_set1_ps(slope);
    for (long from = 0; from < c; from += WIDE * LANES) {
        long count = vectors(c, from);
        __m512 a[WIDE], b[WIDE], u[WIDE], w[WIDE];
        read_vectors(a, scale + from, count);
        read_vectors(b, shift + from, count);
        read_vectors(u, along + from, count);
        read_vectors(w, constant + from, count);
        for (long row = 0; row < rows; row++)
            for (long i = 0; i < count; i++) {
                long at = row * c + from + LANES * i;
                __m512 v = load(x + at), g = before_activation(load(dy + at), v, a[i], b[i], negative);
                store(dx + at, _mm512_fmadd_ps(g, a[i], _mm512_fmadd_ps(v, u[i], w[i])));
            }
    }
}

/* x [n, h, w, c] -> patches [n*oh*ow, 9*c] of a 3x3 convolution with padding 1 */
void patches(const uint16_t *x, uint16_t *out, long n, long h, long w, long c, long stride)
{
    long oh = (h - 1) / stride + 1, ow = (w - 1) / stride + 1;
    for (long b = 0; b < n; b++)
        for (long i = 0; i < oh; i++)
            for (long j = 0; j < ow; j++)
                for (long ky = 0; ky < 3; ky++)
                    for (long kx = 0; kx < 3; kx++, out += c) {
                        long y = i * stride - 1 + ky, column = j * stride - 1 + kx;
                        if (y < 0 || y >= h || column < 0 || column >= w)
                            memset(out, 0, 2 * c);
                        else
                            memcpy(out, x + ((b * h + y) * w + column) * c, 2 * c);
                    }
}

/* The transpose of patches: what each place of [n, h, w, c] was given, summed */
void gathered(const uint16_t *from, uint16_t *dx, long n, long h, long w, long c, long stride)
{
    long oh = (h - 1) / stride + 1, ow = (w - 1) / stride + 1;
    for (long b = 0; b < n; b++)
        for (long y = 0; y < h; y++)
            for (long x = 0; x < w; x++, dx += c) {
                const uint16_t *given[9];
                long count = 0;
                for (long ky = 0; ky < 3; ky++)
                    for (long kx = 0; kx < 3; kx++) {
                        long i = y + 1 - ky, j = x + 1 - kx;
                        if (i < 0 || j < 0 || i % stride || j % stride || i / stride >= oh || j / stride >= ow) continue;
                        given[count++] = from + ((b * oh + i / stride) * ow + j / stride) * 9 * c + (ky * 3 + kx) * c;
                    }
                for (long k = 0; k < c; k += LANES) {
                    __m512 sum = load(given[0] + k);
                    for (long g = 1; g < count; g++) sum = _mm512_add_ps(sum, load(given[g] + k));
                    store(dx + k, sum);
                }
            }
}
