# Images of the platform in the account, so that a pull needs nobody's registry.

module "images_key" {
  source = "../../../modules/kms-key"
  count  = var.image_mirror ? 1 : 0

  name        = "${local.name}/images"
  description = "Images of ${local.name}"
}

module "image_mirror" {
  source = "../../../modules/image-mirror"
  count  = var.image_mirror ? 1 : 0

  prefix      = "${local.name}/mirror"
  images      = var.images
  kms_key_arn = module.images_key[0].arn
}
