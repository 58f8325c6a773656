package io.sightline.app.enrol;

class FakeGalleryTest extends EnrolGalleryContract {
    @Override
    EnrolGallery gallery() {
        return new FakeGallery();
    }
}
