from core.networks.torchvision_shim import torchvision_models


def test_models_are_there_and_the_second_call_is_the_first():
    models = torchvision_models()
    assert models is torchvision_models()
    assert models.resnet101
    assert models.segmentation.deeplabv3_resnet50


def test_torchvision_can_be_imported_as_usual_afterwards():
    torchvision_models()
    import torchvision

    assert torchvision.transforms.Normalize([0.5], [0.5])
